"""What a message is found by: its words in their base forms, beside the message itself."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from heard.inbox.models.conversation import Conversation
from heard.inbox.models.message import Message


class Findable(models.Model):
    """The words of one message: its author (A), subject (B), names of files (C) and text (D).

    A table of its own, because a message changes while it is under way and an index over words
    costs the more the more often its row does.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    language = models.CharField(max_length=20)
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="findable_words")]

    def __str__(self) -> str:
        return f"Words of message {self.message_id}"


class SearchLanguage(models.Model):
    """A language that something kept is written in: a search looks in these and no others."""

    name = models.CharField(max_length=20, primary_key=True)

    def __str__(self) -> str:
        return self.name
