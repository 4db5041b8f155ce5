"""The heir: where the letters and links of a merged conversation lead."""

from __future__ import annotations

from django.db import models

from heard.inbox.models.conversation import Conversation


class Heir(models.Model):
    """What a conversation left behind when it became part of another.

    `was` keeps what it takes to make it a conversation of its own again (see verbs/join.py).
    """

    old_id = models.BigIntegerField(unique=True)
    token = models.CharField(max_length=32, unique=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="inherited"
    )
    subject = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    was = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.old_id} became part of {self.conversation_id}"
