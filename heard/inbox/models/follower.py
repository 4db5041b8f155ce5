"""The follower: a colleague who wants to hear of a conversation that need not be theirs."""

from __future__ import annotations

from django.db import models

from heard import clock
from heard.accounts.models import User
from heard.inbox.models.conversation import Conversation


class Follower(models.Model):
    """Somebody follows a conversation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="followers"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="follower_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} follows {self.conversation_id}"
