"""A mailbox is fetched whole: nothing twice, nothing skipped, whatever breaks in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest

from heard.channels.tests.imap import Account, serve
from heard.conftest import Letter
from heard.gateway import lines, verbs
from heard.gateway.forms import InboxForm, MailboxForm, RelayForm
from heard.gateway.mailboxes import due
from heard.gateway.models import Envelope, MailboxLine, RelayLine
from heard.inbox.models import Inbox

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def line(account: Account, inbox: Inbox) -> Iterator[MailboxLine]:
    with serve(account) as port:
        yield MailboxLine.objects.create(
            inbox=inbox,
            host="127.0.0.1",
            port=port,
            security="none",
            username="support",
            password=account.password,
            backfill_from=date(2026, 3, 1),
        )


@pytest.fixture
def deliver(account: Account, letter: Letter):
    """Put a letter into the mailbox: deliver(uid, "text", days)."""

    def put(uid: int, text: str, days: int = 0) -> None:
        account.letters[uid] = (NOON + timedelta(days=days), letter(text))

    return put


def fetched(line: MailboxLine) -> list[str]:
    """The texts that came with one more look."""
    before = set(Envelope.objects.values_list("pk", flat=True))
    verbs.fetch(line.pk)
    line.refresh_from_db()
    new = Envelope.objects.exclude(pk__in=before).order_by("pk")
    return [bytes(one.raw).split(b"\n\n", 1)[1].decode().strip() for one in new]


def test_letters_come_once_and_in_order(deliver, line: MailboxLine, account: Account) -> None:
    deliver(3, "One")
    deliver(5, "Two")
    assert fetched(line) == ["One", "Two"]
    assert fetched(line) == []
    deliver(9, "Three")
    assert fetched(line) == ["Three"]
    assert (line.last_uid, line.uid_validity, line.failures) == (9, 7, 0)
    assert line.last_success_at is not None
    assert account.seen == set()


def test_a_letter_is_placed_by_the_time_it_reached_the_mailbox(deliver, line: MailboxLine) -> None:
    deliver(1, "One", days=2)
    fetched(line)
    assert Envelope.objects.get().received_at == NOON + timedelta(days=2)


def test_without_a_backfill_old_letters_stay_where_they_are(deliver, line: MailboxLine) -> None:
    MailboxLine.objects.update(backfill_from=None)
    deliver(1, "Old")
    assert fetched(line) == []
    deliver(2, "New")
    assert fetched(line) == ["New"]


def test_a_backfill_begins_on_its_day(deliver, line: MailboxLine) -> None:
    deliver(1, "February", days=-9)
    deliver(2, "March")
    assert fetched(line) == ["March"]


def test_what_breaks_in_the_middle_goes_on_there(
    deliver, line: MailboxLine, account: Account, monkeypatch
) -> None:
    monkeypatch.setattr(import_module("heard.gateway.verbs.fetch"), "TOGETHER", 1)
    for uid in range(1, 8):
        deliver(uid, f"Letter {uid}")
    found: list[str] = []
    for commands in range(3, 12):
        account.asked.clear()
        account.hang_up_after = commands
        found += fetched(line)
    account.hang_up_after = 1000
    found += fetched(line)
    assert found == [f"Letter {uid}" for uid in range(1, 8)]
    assert (line.failures, line.last_error) == (0, "")


def test_a_server_that_is_away_is_named_and_asked_again(line: MailboxLine, deliver) -> None:
    deliver(1, "One")
    port = line.port
    MailboxLine.objects.update(port=1)
    assert fetched(line) == []
    assert line.failures == 1 and "could not be read" in line.last_error
    assert line.last_success_at is None
    MailboxLine.objects.update(port=port)
    assert fetched(line) == ["One"]
    assert (line.failures, line.last_error) == (0, "")


def test_a_wrong_password_is_said(line: MailboxLine) -> None:
    MailboxLine.objects.update(password="wrong")
    assert fetched(line) == []
    assert "refused the sign-in" in line.last_error


def test_numbers_that_begin_anew_repeat_and_skip_nothing(
    deliver, line: MailboxLine, account: Account
) -> None:
    deliver(70, "One")
    assert fetched(line) == ["One"]
    account.uidvalidity = 8
    account.letters = {1: account.letters[70]}
    deliver(2, "Two")
    assert fetched(line) == ["Two"]
    assert (line.last_uid, line.uid_validity) == (2, 8)


def test_an_emptied_mailbox_with_new_numbers_skips_nothing_later(
    deliver, line: MailboxLine, account: Account
) -> None:
    deliver(70, "One")
    fetched(line)
    account.uidvalidity = 8
    account.letters = {}
    assert fetched(line) == []
    deliver(1, "Two")
    assert fetched(line) == ["Two"]


def test_new_numbers_bring_no_old_letters_that_were_never_wanted(
    deliver, line: MailboxLine, account: Account
) -> None:
    MailboxLine.objects.update(backfill_from=None)
    deliver(1, "Years ago", days=-900)
    fetched(line)
    MailboxLine.objects.update(last_success_at=NOON)
    account.uidvalidity = 8
    deliver(2, "New")
    assert fetched(line) == ["New"]


def test_a_day_named_later_brings_the_older_letters(
    deliver, line: MailboxLine, inbox: Inbox, admin
) -> None:
    MailboxLine.objects.update(backfill_from=None)
    deliver(1, "February", days=-9)
    fetched(line)
    deliver(2, "March")
    assert fetched(line) == ["March"]
    given = {
        "name": inbox.name,
        "address": inbox.address,
        "relay-port": 25,
        "relay-security": "none",
        "mailbox-host": line.host,
        "mailbox-port": line.port,
        "mailbox-security": "none",
        "mailbox-username": line.username,
        "mailbox-folder": line.folder,
        "mailbox-backfill_from": "2026-02-01",
    }
    forms = (
        InboxForm(given, instance=inbox),
        RelayForm(given, instance=RelayLine(), prefix="relay"),
        MailboxForm(given, instance=line, prefix="mailbox"),
    )
    assert all(form.is_valid() for form in forms), [form.errors for form in forms]
    lines.save_inbox(*forms, by=admin)
    assert fetched(line) == ["February"]


def test_a_mailbox_that_is_gone_is_no_error() -> None:
    assert verbs.fetch(0) == 0


def test_each_mailbox_has_its_turn_and_a_failing_one_waits_longer(line: MailboxLine) -> None:
    assert due() == [line.pk]
    assert due() == []
    now = datetime.now(UTC)
    MailboxLine.objects.update(tried_at=now - timedelta(seconds=31))
    assert due() == [line.pk]
    MailboxLine.objects.update(tried_at=now - timedelta(minutes=4), failures=5)
    assert due() == []
    MailboxLine.objects.update(tried_at=now - timedelta(minutes=11), failures=500)
    assert due() == [line.pk]
