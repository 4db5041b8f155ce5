"""Presence: who has a conversation before them just now, and who is writing in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from heard.accounts.models import User
from heard.inbox.models.conversation import Conversation

# A page tells once a minute that it is still there, and while someone types every ten seconds.
LASTS = timedelta(seconds=150)
WRITING_LASTS = timedelta(seconds=25)


class Presence(models.Model):
    """A person at a conversation. The table is not logged: after a crash nobody is there."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    writing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="presence_once")
        ]
        indexes = [models.Index(fields=["at"], name="presence_by_age")]

    def __str__(self) -> str:
        return f"{self.user} at {self.conversation_id}"

    def is_writing(self, now: datetime) -> bool:
        """Whether they typed a moment ago."""
        return self.writing_at is not None and now - self.writing_at < WRITING_LASTS

    @property
    def until(self) -> datetime:
        """When they count as gone unless they are heard of again."""
        return self.at + LASTS

    @property
    def writing_until(self) -> datetime | None:
        """When they count as no longer writing."""
        return self.writing_at + WRITING_LASTS if self.writing_at else None
