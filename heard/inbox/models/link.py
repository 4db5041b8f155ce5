"""The link: two conversations that have to do with each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from heard.inbox.models.conversation import Conversation


class LinkQuerySet(models.QuerySet["Link"]):
    """The vocabulary of links."""

    def of(self, conversation: Conversation) -> LinkQuerySet:
        """Those of a conversation, from either end."""
        return self.filter(Q(first=conversation) | Q(second=conversation))


class Link(models.Model):
    """Two conversations, the one with the lower id first, so that no pair is kept twice."""

    first = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="link_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="link_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
