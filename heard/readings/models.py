"""What the engine heard: the reading, its signs, and the ledgers of asks and commitments."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.inbox.models import Conversation, Message


class Reading(models.Model):
    """One conversation as the engine heard it."""

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, related_name="reading"
    )
    at = models.DateTimeField(auto_now=True)
    links = models.JSONField(default=list)
    measures = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    course = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Reading of {self.conversation_id}"


class Span(models.Model):
    """Some words of a message, what was heard in them, how surely and why.

    The conversation is reached through the message, which may move to another one.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="%(class)ss")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    score = models.FloatField()
    why = models.CharField(max_length=300)

    class Meta:
        abstract = True


class Sign(Span):
    """One marked span of what was said."""

    kind = models.CharField(max_length=40)

    class Meta:
        ordering = ["message_id", "start", "-end"]

    def __str__(self) -> str:
        return self.kind


class Ask(Span):
    """A question or request of the customer's."""

    class State(models.TextChoices):
        """Whether it has its answer."""

        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        REPEATED = "repeated", _("Asked again")

    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answered_by = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    # Set by a person's hand; the engine then leaves the state alone.
    settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["message_id", "start"]
        constraints = [models.UniqueConstraint(fields=["message", "start", "end"], name="ask_once")]

    def __str__(self) -> str:
        return self.text


class Commitment(Span):
    """A promise of ours: what, who, by when."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("Open")
        KEPT = "kept", _("Kept")
        LATE = "late", _("Kept late")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    text = models.TextField()
    what = models.TextField()
    who = models.CharField(max_length=160, blank=True)
    due = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "start", "end"], name="commitment_once")
        ]

    def __str__(self) -> str:
        return self.what
