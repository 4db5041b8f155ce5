"""The conversation: a thread with one contact."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User
from heard.contacts.models import Contact
from heard.inbox.models.inbox import Inbox


def new_token() -> str:
    """A word nobody can guess, in letters that survive any mail program."""
    return secrets.token_hex(8)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """The vocabulary of conversations."""

    def of(self, user: User) -> ConversationQuerySet:
        """The conversations this person reaches, through the inboxes of their teams."""
        if user.is_admin:
            return self
        reached = Inbox.objects.of(user).values("pk")
        also = Conversation.also_in.through.objects.filter(
            conversation=OuterRef("pk"), inbox__in=reached
        )
        return self.filter(Q(inbox__in=reached) | Exists(also))

    def newest_first(self) -> ConversationQuerySet:
        """By last activity; the id settles ties so that paging by key never skips."""
        return self.order_by("-last_at", "-id")


class Conversation(models.Model):
    """What is said with one contact about one matter."""

    class Status(models.TextChoices):
        """Whether something is still to be done."""

        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="conversations")
    also_in = models.ManyToManyField(Inbox, related_name="shared", blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="conversations")
    subject = models.CharField(max_length=500, blank=True)
    subject_key = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    preview = models.CharField(max_length=200, blank=True)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    open_asks = models.PositiveSmallIntegerField(default=0)
    next_due = models.DateTimeField(null=True)
    may_belong_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    may_belong_why = models.CharField(max_length=200, blank=True)
    analyse = models.BooleanField(default=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["status", "-last_at", "-id"], name="conversation_list"),
            models.Index(fields=["inbox", "status", "-last_at", "-id"], name="conversation_inbox"),
            models.Index(
                fields=["assignee", "status", "-last_at", "-id"], name="conversation_mine"
            ),
            models.Index(fields=["contact", "-last_at"], name="conversation_contact"),
            models.Index(fields=["subject_key", "-last_at"], name="conversation_subject"),
        ]

    def __str__(self) -> str:
        return self.subject or gettext("(no subject)")

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status == self.Status.OPEN

    def take_up(self) -> None:
        """Open it again; not yet saved."""
        self.status, self.closed_at = self.Status.OPEN, None

    @property
    def topics(self) -> list[str]:
        """What open pages that show this conversation listen to, in each of its inboxes."""
        shared = self.also_in.values_list("pk", flat=True) if self.pk else ()
        inboxes = {self.inbox_id, *shared}
        return [*(f"inbox:{pk}" for pk in sorted(inboxes)), self.topic]

    @property
    def topic(self) -> str:
        """What an open page of this conversation listens to."""
        return f"conversation:{self.pk}"


class Participant(models.Model):
    """An address that takes part: only its owner's letters may join the conversation."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participants"
    )
    address = models.CharField(max_length=320)
    name = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "address"], name="participant_once")
        ]
        indexes = [models.Index(fields=["address"], name="participant_address")]

    def __str__(self) -> str:
        return self.address


class Seen(models.Model):
    """How far a person has read a conversation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="seen")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "conversation"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.at:%Y-%m-%d %H:%M}"
