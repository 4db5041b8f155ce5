"""The message: one thing said."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User
from heard.contacts.models import Contact
from heard.contacts.names import called
from heard.inbox.models.conversation import Conversation

# The longest time within which «Send» can be undone.
UNDO = timedelta(seconds=60)


class Message(models.Model):
    """One thing said, by contact, agent, note or system."""

    class Kind(models.TextChoices):
        """Who speaks to whom."""

        INBOUND = "inbound", _("From the customer")
        OUTBOUND = "outbound", _("To the customer")
        NOTE = "note", _("Note")
        SYSTEM = "system", _("System")

    class State(models.TextChoices):
        """Where it is on its way."""

        RECEIVED = "received", _("Received")
        PLANNED = "planned", _("Leaves at its time")
        QUEUED = "queued", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        BOUNCED = "bounced", _("Bounced")
        FAILED = "failed", _("Not sent")

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="messages")
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    author_name = models.CharField(max_length=160, blank=True)
    author_address = models.CharField(max_length=320, blank=True)
    answer_to = models.CharField(max_length=320, blank=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    subject = models.CharField(max_length=998, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = ArrayField(models.CharField(max_length=998), default=list)
    reply_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    automatic = models.CharField(max_length=200, blank=True)
    # A note with which the conversation was handed over: the name of who has it since.
    handed_to = models.CharField(max_length=160, blank=True, default="")
    invitation = models.JSONField(null=True)
    remarks = ArrayField(models.CharField(max_length=300), default=list)
    digest = models.CharField(max_length=64, null=True, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    state_note = models.TextField(blank=True)
    queued_at = models.DateTimeField(null=True)
    idempotency_key = models.CharField(max_length=120, null=True)
    # While planned: when it leaves. Who chose a day and an hour is held to their clock and zone,
    # should the zone's rules change meanwhile.
    leaves_at = models.DateTimeField(null=True)
    leaves_said = models.CharField(max_length=16, blank=True, default="")
    leaves_zone = models.CharField(max_length=60, blank=True, default="")
    # It leaves even when the customer writes first.
    leaves_anyway = models.BooleanField(default=False)
    # What is done with the conversation once it has left: {"do": "close"}, or "snooze" and "until".
    then = models.JSONField(null=True)
    # Nobody had the conversation before its author wrote this.
    took = models.BooleanField(default=False)
    # It passes `reply_to` on to somebody instead of answering it.
    forwards = models.BooleanField(default=False)
    # `at` is when it reached us and orders the thread; `written_at` is what its author claims.
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["conversation", "at", "id"], name="message_thread"),
            models.Index(fields=["message_id"], name="message_by_id"),
            GinIndex(fields=["references"], name="message_ancestors"),
            models.Index(
                fields=["state", "at"],
                name="message_unsent",
                condition=models.Q(state__in=["queued", "failed", "bounced"]),
            ),
            models.Index(
                fields=["leaves_at", "id"],
                name="message_planned",
                condition=models.Q(state="planned"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "idempotency_key"], name="message_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:40]}"

    @property
    def called(self) -> str:
        """What to call its author on the page."""
        return called(self.author_name, self.author_address)

    @property
    def has_html(self) -> bool:
        """Whether a formatted original can be shown."""
        return bool(self.html)

    @property
    def is_planned(self) -> bool:
        """Whether it waits for its time and can be called back."""
        return self.state == self.State.PLANNED

    @property
    def leaves_soon(self) -> bool:
        """Whether it only waits for the seconds in which «Send» can be undone."""
        return self.leaves_at is not None and self.leaves_at - self.at <= UNDO

    @property
    def is_ours(self) -> bool:
        """Whether a colleague wrote it to the customer."""
        return self.kind == self.Kind.OUTBOUND
