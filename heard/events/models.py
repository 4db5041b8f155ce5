"""The event: one row for each thing that happened."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from heard import clock


class Event(models.Model):
    """Something that happened, who did it, and to what.

    The subjects are plain numbers, not foreign keys: this room lies below the ones it tells
    of, and an audit trail outlives what it speaks about.
    """

    name = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    conversation_id = models.BigIntegerField(null=True)
    message_id = models.BigIntegerField(null=True)
    contact_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["conversation_id", "id"], name="event_of_conversation"),
            models.Index(fields=["name", "at"], name="event_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"
