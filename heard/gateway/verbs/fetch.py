"""Look into a mailbox and keep what is new, from where the last look ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from heard.channels.contract import ChannelError
from heard.channels.email import mailbox
from heard.gateway.arrival import Arrival
from heard.gateway.batches import in_batches
from heard.gateway.models import Envelope, MailboxLine
from heard.gateway.verbs.accept import accept

TOGETHER = 20
# A backfill of years must not keep a worker from the letters of today.
LOOK_SECONDS = 20
# A server's day may be another than ours; what is fetched twice is recognised.
MARGIN = timedelta(days=2)


def fetch(mailbox_id: int) -> int:
    """Keep every new letter of one mailbox; how many there were.

    Progress is kept with the letters in one transaction, by UIDVALIDITY and UID: whatever
    breaks, the next look goes on exactly there. What went wrong stands on the mailbox.
    """
    line = MailboxLine.objects.select_related("inbox").filter(pk=mailbox_id).first()
    if line is None:
        return 0
    try:
        with mailbox.opened(mailbox.mailbox_from(line.settings)) as folder:
            count = sum(_keep(line, batch) for batch in _new(line, folder))
    except ChannelError as error:
        _went_wrong(line, error)
        return 0
    _went_well(line)
    return count


def _new(line: MailboxLine, folder: mailbox.Folder) -> Iterator[list[mailbox.Fetched]]:
    if line.uid_validity is None and line.backfill_from is None:
        _begin_now(line, folder)
        return
    after = mailbox.start_after(folder, line.uid_validity, line.last_uid)
    since = line.backfill_from or _since_last_success(line, after)
    line.uid_validity, line.last_uid = folder.uidvalidity, after
    yield from _for_a_while(mailbox.letters(folder, after, since=since))


def _since_last_success(line: MailboxLine, after: int) -> date | None:
    """The numbers began anew without a backfill: what came since we last looked, no older."""
    if after or line.last_success_at is None:
        return None
    return line.last_success_at.date() - MARGIN


def _begin_now(line: MailboxLine, folder: mailbox.Folder) -> None:
    """The first look at a mailbox without a backfill: older letters stay where they are."""
    line.uid_validity = folder.uidvalidity
    line.last_uid = mailbox.newest_uid(folder)
    _keep_place(line)


def _for_a_while(letters: Iterable[mailbox.Fetched]) -> Iterator[list[mailbox.Fetched]]:
    """Letters in batches; a long look ends early and goes on next time."""
    until = monotonic() + LOOK_SECONDS
    for batch in in_batches(letters, TOGETHER, lambda letter: len(letter.raw)):
        yield batch
        if monotonic() > until:
            return


@transaction.atomic
def _keep(line: MailboxLine, letters: list[mailbox.Fetched]) -> int:
    accept(
        [
            Arrival(
                inbox=line.inbox_id,
                raw=letter.raw,
                source=Envelope.Source.IMAP,
                at=letter.received_at,
            )
            for letter in letters
        ]
    )
    line.last_uid = letters[-1].uid
    _keep_place(line)
    return len(letters)


def _keep_place(line: MailboxLine) -> None:
    """Note how far we are, unless an admin has meanwhile sent us elsewhere or further back."""
    same = {name: getattr(line, name) for name in (*MailboxLine.PLACE, "backfill_from")}
    MailboxLine.objects.filter(pk=line.pk, **same).update(
        uid_validity=line.uid_validity, last_uid=line.last_uid
    )


def _went_well(line: MailboxLine) -> None:
    line.last_success_at = timezone.now()
    line.last_error, line.failures = "", 0
    line.save(update_fields=["last_success_at", "last_error", "failures"])
    _keep_place(line)


def _went_wrong(line: MailboxLine, error: ChannelError) -> None:
    line.last_error, line.last_error_at = error.message[:2000], timezone.now()
    line.failures += 1
    line.save(update_fields=["last_error", "last_error_at", "failures"])
