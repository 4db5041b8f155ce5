"""Set up an inbox and the servers behind it, and try whether a server answers."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.accounts.models import User
from heard.accounts.naming import rename
from heard.channels.email import mailbox, relay
from heard.events.verbs import record
from heard.gateway.forms import InboxForm, MailboxForm, RelayForm
from heard.gateway.models import MailboxLine, RelayLine
from heard.inbox.models import Inbox

# Seconds that a person who tries a server is let wait for each of its answers.
PATIENCE = 10.0


@transaction.atomic
def save_inbox(
    inbox_form: InboxForm, relay_form: RelayForm, mailbox_form: MailboxForm, *, by: User
) -> Inbox:
    """Keep an inbox and its lines from three valid forms; a line without a server goes."""
    name = "inbox.changed" if inbox_form.instance.pk else "inbox.added"
    kept = Inbox.objects.select_for_update(no_key=True).filter(pk=inbox_form.instance.pk).first()
    inbox = inbox_form.save()
    _save_line(relay_form, inbox)
    if _is_elsewhere(mailbox_form) or _reaches_back(mailbox_form):
        _start_over(mailbox_form.instance)
    _save_line(mailbox_form, inbox)
    record(name, by=by, topics=[inbox.topic], inbox=inbox.pk)
    if kept:
        rename("inbox", inbox.pk, kept.name, inbox.name, by=by)
        rename("inbox", inbox.pk, kept.address, inbox.address, by=by)
    return inbox


def try_relay(line: RelayLine) -> str:
    """Sign in to the relay without sending; a sentence, or ChannelError with another."""
    words = relay.try_out(relay.relay_from(line.settings), timeout=PATIENCE)
    return _("It works. The server said: %s") % words


def try_mailbox(line: MailboxLine) -> str:
    """Sign in and look into the folder; a sentence, or ChannelError with another."""
    with mailbox.opened(mailbox.mailbox_from(line.settings), timeout=PATIENCE) as folder:
        return ngettext(
            "It works. There is %d letter in the folder.",
            "It works. There are %d letters in the folder.",
            folder.letters,
        ) % (folder.letters,)


def _save_line(form: RelayForm | MailboxForm, inbox: Inbox) -> None:
    line = form.instance
    if not form.is_empty:
        line.inbox = inbox
        line.last_error, line.last_error_at = "", None
        form.save()
    elif line.pk:
        line.delete()


def _is_elsewhere(form: MailboxForm) -> bool:
    return not set(MailboxLine.PLACE).isdisjoint(form.changed_data)


def _reaches_back(form: MailboxForm) -> bool:
    """A day to fetch from was named: older letters are wanted, known ones are recognised."""
    return "backfill_from" in form.changed_data and bool(form.instance.backfill_from)


def _start_over(line: MailboxLine) -> None:
    # UIDVALIDITY is often plain 1: on another server the same number would seem to say that
    # everything up to last_uid has been fetched already.
    line.uid_validity, line.last_uid, line.failures = None, 0, 0
