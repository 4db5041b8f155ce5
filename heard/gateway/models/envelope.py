"""The envelope: the raw thing that came in, kept before it was acknowledged."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from heard import clock
from heard.inbox.models import Inbox, Message


class Envelope(models.Model):
    """Raw bytes and what became of them.

    The pair (inbox, digest) is unique, so a letter that comes twice lies here once. The row
    outlives its conversation: it is the reason why a deleted letter does not come back.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        OPENED = "opened", _("Opened")
        REPEATED = "repeated", _("Came before")
        FAILED = "failed", _("Needs attention")
        DELETED = "deleted", _("Deleted")

    class Source(models.TextChoices):
        """The door it came through."""

        SMTP = "smtp", "SMTP"
        IMAP = "imap", "IMAP"
        IMPORT = "import", _("Import")

    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="envelopes")
    digest = models.CharField(max_length=64)
    raw = models.BinaryField()
    source = models.CharField(max_length=10, choices=Source)
    sender = models.CharField(max_length=320, blank=True)
    recipients = ArrayField(models.CharField(max_length=320), default=list)
    received_at = models.DateTimeField()
    # When it came to lie here: an imported letter was received long before.
    kept_at = models.DateTimeField(default=clock.now)
    # Of those that wait, the higher one is opened first: today's letters before an import.
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    error = models.TextField(blank=True)
    message = models.ForeignKey(
        Message, null=True, on_delete=models.SET_NULL, related_name="envelopes"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inbox", "digest"], name="envelope_once")]
        indexes = [
            models.Index(fields=["digest"], name="envelope_digest"),
            models.Index(
                fields=["state", "received_at"],
                name="envelope_unopened",
                condition=models.Q(state__in=["waiting", "failed"]),
            ),
            models.Index(
                fields=["inbox", "-priority", "id"],
                name="envelope_waiting",
                condition=models.Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.received_at:%Y-%m-%d %H:%M}"
