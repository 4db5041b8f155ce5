"""The lines of an inbox: the relay its letters leave by, the mailbox they are fetched from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.channels.contract import ChannelError, Settings
from heard.gateway.seal import SealedField, Unreadable
from heard.inbox.models import Inbox


class Security(models.TextChoices):
    """How the connection is kept private."""

    TLS = "tls", "TLS"
    STARTTLS = "starttls", "STARTTLS"
    NONE = "none", _("None")


class Line(models.Model):
    """A server with a sign-in, and how the last contact with it went."""

    host = models.CharField(_("server"), max_length=255)
    port = models.PositiveIntegerField(_("port"))
    security = models.CharField(
        _("security"), max_length=10, choices=Security, default=Security.TLS
    )
    username = models.CharField(_("user name"), max_length=255, blank=True)
    password = SealedField(_("password"), blank=True, default="")
    last_success_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)
    last_error_at = models.DateTimeField(null=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def settings(self) -> Settings:
        """The server as the channel asks for it; ChannelError when the password can't be read."""
        if isinstance(self.password, Unreadable):
            raise ChannelError(
                "The password kept here was sealed under another key. "
                "An admin can enter it anew under Settings, Inboxes.",
                permanent=False,
            )
        return {
            "host": self.host,
            "port": self.port,
            "security": self.security,
            "username": self.username,
            "password": self.password,
        }

    @property
    def is_well(self) -> bool:
        """Whether the last contact worked."""
        return not self.last_error


class RelayLine(Line):
    """The SMTP relay an inbox's letters leave by."""

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="relay_line")

    tag_bounces = models.BooleanField(
        _("tag the return address"),
        default=True,
        help_text=_(
            "Bounces then come to an address such as support+b-…@ and are shown on the very "
            "letter. Turn off if your mail server takes no addresses with a plus sign."
        ),
    )


class MailboxLine(Line):
    """The IMAP mailbox an inbox's letters are fetched from, and how far that has come."""

    # How far means something only together with these.
    PLACE = ("host", "username", "folder")

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="mailbox_line")
    folder = models.CharField(_("folder"), max_length=255, default="INBOX")
    backfill_from = models.DateField(
        _("fetch letters since"),
        null=True,
        blank=True,
        help_text=_("Empty: only letters that arrive from now on."),
    )
    uid_validity = models.BigIntegerField(null=True, editable=False)
    last_uid = models.BigIntegerField(default=0, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)

    @property
    def settings(self) -> Settings:
        """The server as the channel asks for it, with the folder."""
        return {**super().settings, "folder": self.folder}
