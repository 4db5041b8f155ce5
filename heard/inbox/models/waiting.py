"""Handing out: whose turn it was, and which conversations wait for somebody to be there."""

from __future__ import annotations

from django.db import models

from heard.accounts.models import Team, User
from heard.inbox.models.conversation import Conversation


class Turn(models.Model):
    """When a member of a team was last handed a conversation."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="turn_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.given_at:%Y-%m-%d %H:%M}"


class Unplaced(models.Model):
    """A conversation that could be given to nobody yet: it is tried again until it can.

    Only these few are looked at each minute, not the whole list.
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, related_name="unplaced"
    )
    since = models.DateTimeField()
    # When somebody was last looked for: whoever was tried longest ago comes first.
    tried_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20)

    class Meta:
        verbose_name_plural = "unplaced"
        indexes = [models.Index(fields=["since", "id"], name="unplaced_since")]

    def __str__(self) -> str:
        return f"{self.conversation}: {self.why}"
