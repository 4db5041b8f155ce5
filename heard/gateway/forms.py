"""The settings of an inbox and of the two servers behind it."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.accounts.forms import AddressField
from heard.accounts.models import Team
from heard.gateway.models import MailboxLine, RelayLine
from heard.gateway.models.lines import Line, Security
from heard.inbox.models import Inbox

AnyLine = TypeVar("AnyLine", bound=Line)


class InboxForm(forms.ModelForm[Inbox]):
    """Where customers write to, who looks after it, and its switches."""

    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their members see its conversations. Admins see all."),
    )

    class Meta:
        model = Inbox
        fields = [
            "name",
            "address",
            "teams",
            "signature",
            "quote_history",
            "wake_on_automatic",
            "join_by_subject",
            "analyse",
        ]
        field_classes: ClassVar = {"address": AddressField}
        error_messages: ClassVar = {
            "name": {"unique": gettext_lazy("Another inbox has this name already.")},
            "address": {"unique": gettext_lazy("Another inbox has this address already.")},
        }
        widgets: ClassVar = {"signature": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "address": gettext_lazy("Customers write to it, and answers come from it."),
            "signature": gettext_lazy("Stands below every letter that leaves this inbox."),
        }


class LineForm(forms.ModelForm[AnyLine]):
    """A server with a sign-in. Left without a server, it stands for no line at all."""

    # What most providers use: where a new line starts.
    usual: ClassVar[dict[str, Any]]

    port = forms.IntegerField(
        label=gettext_lazy("Port"), min_value=1, max_value=65535, required=False
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Browsers would else insist on a port and a folder where there is to be no server.
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.fields["host"].required = False
        if self.instance.pk is None:
            self.initial.update(self.usual)
        if self.instance.password:
            self.fields["password"].help_text = _("One is kept. Leave this empty to keep it.")

    @property
    def is_empty(self) -> bool:
        """Whether no server is named, so that there is to be no line."""
        return not self.cleaned_data.get("host")

    def clean(self) -> dict[str, Any]:
        """Fill in the usual port and the kept password where none was typed."""
        given = super().clean() or self.cleaned_data
        given["port"] = given.get("port") or self.usual["port"]
        if not given.get("host"):
            self._allow_nothing_else(given)
        elif not given.get("password"):
            given["password"] = self._kept_password(given)
        return given

    def _allow_nothing_else(self, given: dict[str, Any]) -> None:
        if given.get("username") or given.get("password"):
            self.add_error("host", _("Name the server, or empty the user name and password."))

    def _kept_password(self, given: dict[str, Any]) -> str:
        kept = self.instance
        if not given.get("username") or not kept.password:
            return ""
        if (given["host"], given["username"]) == (kept.host, kept.username):
            return kept.password
        # Otherwise whoever gets hold of an admin's browser could have the password sent to a
        # server of their own.
        self.add_error(
            "password", _("Enter the password again: the server or user name is another.")
        )
        return ""


class RelayForm(LineForm[RelayLine]):
    """The SMTP relay an inbox's letters leave by."""

    usual: ClassVar = {"port": 587, "security": Security.STARTTLS}

    class Meta:
        model = RelayLine
        fields = ["host", "port", "security", "username", "password"]
        widgets: ClassVar = {"host": forms.TextInput(attrs={"placeholder": "smtp.example.org"})}
        help_texts: ClassVar = {"host": gettext_lazy("Empty: the office's relay, HEARD_RELAY.")}


class MailboxForm(LineForm[MailboxLine]):
    """The IMAP mailbox an inbox's letters are fetched from."""

    usual: ClassVar = {"port": 993, "security": Security.TLS}

    class Meta:
        model = MailboxLine
        fields = ["host", "port", "security", "username", "password", "folder", "backfill_from"]
        widgets: ClassVar = {
            "host": forms.TextInput(attrs={"placeholder": "imap.example.org"}),
            "backfill_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts: ClassVar = {
            "host": gettext_lazy("Empty: letters come by SMTP or import alone."),
            "folder": gettext_lazy("Letters stay there, read or unread as they were."),
        }
