"""An admin changes a mailbox while it is being read: the new place is read from its start."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from heard.channels.tests.imap import Account, serve
from heard.conftest import Letter
from heard.gateway import verbs
from heard.gateway.models import Envelope, MailboxLine
from heard.inbox.models import Inbox

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def account(letter: Letter) -> Account:
    found = Account()
    found.letters[7] = (NOON, letter("New"))
    return found


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


@pytest.mark.parametrize("change", [{"folder": "Archive"}, {"backfill_from": date(2025, 1, 1)}])
def test_the_place_in_the_old_mailbox_does_not_count_in_the_new_one(
    change: dict[str, Any], line: MailboxLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed_meanwhile(arrivals: Any) -> None:
        verbs.accept(arrivals)
        MailboxLine.objects.update(uid_validity=None, last_uid=0, **change)

    # The package names the verb as its module, so the module is asked for by its full name.
    monkeypatch.setattr(sys.modules["heard.gateway.verbs.fetch"], "accept", changed_meanwhile)
    assert verbs.fetch(line.pk) == 1
    line.refresh_from_db()
    assert (line.uid_validity, line.last_uid) == (None, 0)
    assert Envelope.objects.count() == 1
