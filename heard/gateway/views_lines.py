"""Admins set up inboxes, the relay each sends by and the mailbox each fetches from.

The servers may be named by private addresses: relays and mailboxes often stand in the office's
own network, and only an admin, who sets up the machine anyway, can name them. Whatever takes
an address from anybody else has to refuse private ones.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.accounts.access import PersonRequest, admin_only
from heard.channels.contract import ChannelError
from heard.gateway import lines
from heard.gateway.forms import AnyLine, InboxForm, LineForm, MailboxForm, RelayForm
from heard.gateway.models import MailboxLine, RelayLine
from heard.inbox.models import Inbox

secret = sensitive_post_parameters("relay-password", "mailbox-password")


@admin_only
@require_safe
def inboxes(request: PersonRequest) -> HttpResponse:
    """List every inbox with how the last contact with its servers went."""
    listed = Inbox.objects.select_related("relay_line", "mailbox_line").prefetch_related("teams")
    return render(request, "gateway/inboxes.html", {"listed": listed})


@admin_only
@secret
@require_http_methods(["GET", "POST"])
def inbox_new(request: PersonRequest) -> HttpResponse:
    """Open a new inbox."""
    return _edit(request, Inbox(), RelayLine(), MailboxLine())


@admin_only
@secret
@require_http_methods(["GET", "POST"])
def inbox(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change one inbox."""
    one = get_object_or_404(Inbox, pk=pk)
    return _edit(request, one, _relay_of(pk), _mailbox_of(pk))


@admin_only
@secret
@require_POST
def relay_test(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    """Try the relay as it stands in the form, saved or not."""
    form = RelayForm(request.POST, instance=_relay_of(pk), prefix="relay")
    return _try(request, form, lines.try_relay)


@admin_only
@secret
@require_POST
def mailbox_test(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    """Try the mailbox as it stands in the form, saved or not."""
    form = MailboxForm(request.POST, instance=_mailbox_of(pk), prefix="mailbox")
    return _try(request, form, lines.try_mailbox)


def _relay_of(pk: int | None) -> RelayLine:
    return RelayLine.objects.filter(inbox=pk).first() or RelayLine()


def _mailbox_of(pk: int | None) -> MailboxLine:
    return MailboxLine.objects.filter(inbox=pk).first() or MailboxLine()


def _edit(
    request: PersonRequest, one: Inbox, relay_line: RelayLine, mailbox_line: MailboxLine
) -> HttpResponse:
    given = request.POST or None
    form = InboxForm(given, instance=one)
    relay_form = RelayForm(given, instance=relay_line, prefix="relay")
    mailbox_form = MailboxForm(given, instance=mailbox_line, prefix="mailbox")
    # Each is asked, so that all three say what is wrong with them at once.
    valid = [part.is_valid() for part in (form, relay_form, mailbox_form)]
    if request.method == "POST" and all(valid):
        lines.save_inbox(form, relay_form, mailbox_form, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("gateway:inboxes")
    shown = {"form": form, "relay_form": relay_form, "mailbox_form": mailbox_form}
    return render(request, "gateway/inbox_form.html", {"inbox": one, **shown})


def _try(
    request: PersonRequest, form: LineForm[AnyLine], attempt: Callable[[AnyLine], str]
) -> HttpResponse:
    return render(request, "gateway/_line_test.html", _outcome(form, attempt))


def _outcome(form: LineForm[AnyLine], attempt: Callable[[AnyLine], str]) -> dict[str, object]:
    if not form.is_valid():
        wrong = [text for errors in form.errors.values() for text in errors]
        return {"works": False, "says": " ".join(map(str, wrong))}
    if form.is_empty:
        return {"works": False, "says": _("Name the server first.")}
    try:
        return {"works": True, "says": attempt(form.save(commit=False))}
    except ChannelError as error:
        return {"works": False, "says": error.message}
