"""The notification, how a person wants to be told, and the browsers that may be pushed to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User
from heard.inbox.models import Conversation, Message


class Kind(models.TextChoices):
    """Of what somebody is told."""

    MENTION = "mention", _("Somebody mentions you")
    ASSIGNED = "assigned", _("A conversation is given to you or to your team")
    LETTER = "letter", _("A customer writes in one of yours, or one you follow")
    NOTE = "note", _("A colleague takes a note in one of yours, or one you follow")
    LEVEL = "level", _("A service level is nearly due, or was missed")
    TROUBLE = "trouble", _("A letter of yours could not leave, came back or was held back")


class Way(models.TextChoices):
    """How somebody is told."""

    APP = "app", _("In Heard")
    MAIL = "mail", _("By mail")
    PUSH = "push", _("By push")


class Digest(models.TextChoices):
    """How often mail may come."""

    OFF = "off", _("Never")
    HOURLY = "hourly", _("Once an hour at most")
    DAILY = "daily", _("Once a day, at 8:00")


EVERYTHING = [kind.value for kind in Kind]
# A letter or a note alone is no reason for mail, nor every note for a buzz.
BY_MAIL = [Kind.MENTION.value, Kind.ASSIGNED.value, Kind.LEVEL.value, Kind.TROUBLE.value]
BY_PUSH = [*BY_MAIL, Kind.LETTER.value]


def _all() -> list[str]:
    return list(EVERYTHING)


def _mail() -> list[str]:
    return list(BY_MAIL)


def _push() -> list[str]:
    return list(BY_PUSH)


def _kinds() -> models.CharField[str, str]:
    return models.CharField(max_length=10, choices=Kind)


class Preferences(models.Model):
    """How a person wants to be told. Whoever has no row wants what the defaults say."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    app = ArrayField(_kinds(), default=_all)
    mail = ArrayField(_kinds(), default=_mail)
    push = ArrayField(_kinds(), default=_push)
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.OFF)
    # Whether a push may carry words of the conversation: it passes through other companies.
    push_words = models.BooleanField(default=False)
    digest_at = models.DateTimeField(null=True)
    digest_tried_at = models.DateTimeField(null=True)
    digest_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"Preferences of {self.user_id}"

    def wants(self, kind: str, way: Way) -> bool:
        """Whether the person wants to be told of this in this way."""
        if way == Way.MAIL and self.digest == Digest.OFF:
            return False
        return kind in getattr(self, way.value)


class Notification(models.Model):
    """Somebody is told of something that happened in a conversation.

    `at` is when it happened; with kind and conversation it names what happened, so that a job
    that runs twice tells once. preview: the first words of what was said.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    details = models.JSONField(default=dict)
    preview = models.CharField(max_length=200, blank=True)
    in_app = models.BooleanField(default=True)
    # Waits for the next digest; not once it was mailed.
    to_mail = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "conversation", "kind", "at"], name="notification_once"
            )
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_list"),
            models.Index(
                fields=["user", "conversation"],
                name="notification_unread",
                condition=Q(read_at=None),
            ),
            models.Index(fields=["user"], name="notification_mail", condition=Q(to_mail=True)),
            models.Index(fields=["at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class Subscription(models.Model):
    """A browser that a person lets us push to (RFC 8030): where, and its keys (RFC 8291)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    browser = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.browser or "A browser"
