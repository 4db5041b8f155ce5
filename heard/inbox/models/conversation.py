"""The conversation: a thread with one contact."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import Team, User
from heard.contacts.models import Contact
from heard.inbox.models.inbox import Inbox, reach_of
from heard.inbox.models.tag import Tag

# Of what was merged into one conversation, as many as a menu has room for.
PARTS = 3


def new_token() -> str:
    """A word nobody can guess, in letters that survive any mail program."""
    return secrets.token_hex(8)


def _few(field: str) -> models.Index:
    """An index over the few conversations that have this time, the earliest first."""
    has_one = models.Q(**{f"{field}__isnull": False})
    return models.Index(fields=[field, "id"], name=f"conversation_{field}", condition=has_one)


def _few_open(field: str) -> models.Index:
    """The same over the open ones: the rail counts these for every page, and stops at a thousand.

    Without it PostgreSQL goes through all that are open and all that have the time.
    """
    meant = models.Q(**{f"{field}__isnull": False}, status="open")
    return models.Index(fields=[field, "id"], name=f"open_{field}", condition=meant)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """The vocabulary of conversations."""

    def of(self, user: User) -> ConversationQuerySet:
        """The conversations this person reaches, through the inboxes of their teams."""
        if user.is_admin:
            return self
        # As constants, not as a subquery: the planner chooses the way by how common they are.
        reached = reach_of(user)
        return self.filter(inbox_ids__overlap=reached) if reached else self.none()

    def newest_first(self) -> ConversationQuerySet:
        """By last activity; the id settles ties so that paging by key never skips."""
        return self.order_by("-last_at", "-id")


class Conversation(models.Model):
    """What is said with one contact about one matter."""

    class Status(models.TextChoices):
        """Whether something is still to be done."""

        OPEN = "open", _("Open")
        SNOOZED = "snoozed", _("Snoozed")
        CLOSED = "closed", _("Closed")

    class Woke(models.TextChoices):
        """Why a snoozed conversation is back, until somebody acts on it."""

        TIME = "time", _("Its time has come")
        ANSWER = "answer", _("The customer wrote")
        FAILED = "failed", _("A letter of ours could not leave")

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="conversations")
    # Every inbox it came to, its own among them: who looks after one of them reaches it.
    inbox_ids = ArrayField(models.BigIntegerField(), default=list)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="conversations")
    subject = models.CharField(max_length=500, blank=True)
    subject_key = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    tag_ids = ArrayField(models.BigIntegerField(), default=list)
    preview = models.CharField(max_length=200, blank=True)
    has_files = models.BooleanField(default=False)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # While snoozed: when it wakes by itself; none means not before the customer writes.
    snoozed_until = models.DateTimeField(null=True)
    woke_why = models.CharField(max_length=10, choices=Woke, blank=True, default="")
    waiting_since = models.DateTimeField(null=True)
    open_asks = models.PositiveSmallIntegerField(default=0)
    next_due = models.DateTimeField(null=True)
    # Since when something we asked waits for the customer's answer.
    asked_at = models.DateTimeField(null=True)
    # When the next service level falls due, and which one.
    level_due = models.DateTimeField(null=True)
    level_kind = models.CharField(max_length=12, blank=True)
    may_belong_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    may_belong_why = models.CharField(max_length=200, blank=True)
    analyse = models.BooleanField(default=True)

    TAKEN_UP = ("status", "closed_at", "snoozed_until", "woke_why")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["status", "-last_at", "-id"], name="conversation_list"),
            models.Index(fields=["-last_at", "-id"], name="conversation_newest"),
            models.Index(
                fields=["assignee", "status", "-last_at", "-id"], name="conversation_mine"
            ),
            models.Index(fields=["team", "status", "-last_at", "-id"], name="conversation_team"),
            GinIndex(fields=["inbox_ids"], name="conversation_inboxes"),
            GinIndex(fields=["tag_ids"], name="conversation_tags"),
            # What the rail counts are open ones, few among the many that were ever closed.
            GinIndex(
                fields=["inbox_ids", "tag_ids"],
                name="conversation_open",
                condition=models.Q(status="open"),
            ),
            *(_few(field) for field in ("waiting_since", "asked_at", "level_due", "snoozed_until")),
            *(_few_open(field) for field in ("waiting_since", "asked_at", "level_due")),
            models.Index(fields=["contact", "-last_at"], name="conversation_contact"),
            models.Index(fields=["subject_key", "-last_at"], name="conversation_subject"),
        ]

    def __str__(self) -> str:
        return self.subject or gettext("(no subject)")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; its own inbox is always one of those it came to."""
        self.inbox_ids = self.inbox_ids or [self.inbox_id]
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status == self.Status.OPEN

    @property
    def is_snoozed(self) -> bool:
        """Whether it rests until its time comes or the customer writes."""
        return self.status == self.Status.SNOOZED

    def take_up(self, woke: str = "") -> None:
        """Open it again; not yet saved. TAKEN_UP names the fields that change.

        woke: why it is back, a value of Woke, told only of what was snoozed.
        """
        if not self.is_open:
            self.woke_why = woke if self.is_snoozed else ""
        self.status, self.closed_at, self.snoozed_until = self.Status.OPEN, None, None

    def hold_files(self) -> None:
        """Remember that a file came or went with one of its messages."""
        if not self.has_files:
            self.has_files = True
            self.save(update_fields=["has_files"])

    @property
    def parts(self) -> list[Any]:
        """The newest few that were merged into it, each a Heir: they can be taken out again."""
        return list(self.inherited.all()[:PARTS])

    @property
    def tags(self) -> list[Tag]:
        """Its tags by name; asked for once, and for many rows at once by name_tags()."""
        known: list[Tag] | None = self.__dict__.get("_tags")
        if known is None:
            name_tags([self])
        return self.__dict__["_tags"]  # type: ignore[no-any-return]

    @property
    def topics(self) -> list[str]:
        """What open pages that show this conversation listen to, in each of its inboxes."""
        return [*(f"inbox:{pk}" for pk in sorted(self.inbox_ids)), self.topic]

    @property
    def presence_topics(self) -> list[str]:
        """What pages listen to that show who else is here: apart, so that nothing else stirs."""
        return [*(f"attending:{pk}" for pk in sorted(self.inbox_ids)), f"presence:{self.pk}"]

    @property
    def topic(self) -> str:
        """What an open page of this conversation listens to."""
        return f"conversation:{self.pk}"


def name_tags(rows: Iterable[Conversation]) -> None:
    """Look the tags of all these rows up in one query, so that `tags` asks for nothing more."""
    rows = list(rows)
    wanted = {pk for row in rows for pk in row.tag_ids}
    found = list(Tag.objects.filter(pk__in=wanted)) if wanted else []
    for row in rows:
        row.__dict__["_tags"] = [tag for tag in found if tag.pk in row.tag_ids]


class Participant(models.Model):
    """An address that takes part: only its owner's letters may join the conversation."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participants"
    )
    address = models.CharField(max_length=320)
    name = models.CharField(max_length=160, blank=True)
    # Somebody a letter was forwarded to: no answer to the customer goes to them by itself.
    aside = models.BooleanField(default=False, db_default=False)

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
        # What one looked at last.
        indexes = [models.Index(fields=["user", "-at", "-id"], name="seen_lately")]

    def __str__(self) -> str:
        return f"{self.user} at {self.at:%Y-%m-%d %H:%M}"
