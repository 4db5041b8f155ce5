"""A mailbox is read whole and in order, and stays as its owner left it."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from heard.channels.contract import ChannelError
from heard.channels.email import mailbox as reading
from heard.channels.email.mailbox import (
    Mailbox,
    letters,
    mailbox_from,
    newest_uid,
    opened,
    start_after,
)
from heard.channels.tests.conftest import server_context
from heard.channels.tests.imap import Account, serve
from heard.channels.tests.letters import letter

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=timezone(timedelta(hours=1)))


def account(*uids: int) -> Account:
    """Return an account with a letter a day, the first one of them on 2 November."""
    days = enumerate(uids)
    return Account({u: (NOON + timedelta(days=n), letter(f"Letter {u}")) for n, u in days})


def at(port: int, **more: str) -> Mailbox:
    return Mailbox("127.0.0.1", port, "none", "larkfield", **{"password": "right", **more})


def read(box: Account, after: int = 0, since: date | None = None, batch: int = 50) -> list[int]:
    with serve(box) as port:
        return read_at(at(port), after, since, batch)


def read_at(box: Mailbox, after: int = 0, since: date | None = None, batch: int = 50) -> list[int]:
    with opened(box, timeout=5) as folder:
        return [each.uid for each in letters(folder, after, since=since, batch=batch)]


def test_letters_come_whole_and_in_order_and_stay_unread() -> None:
    box = account(3, 5, 9)
    with serve(box) as port, opened(at(port)) as folder:
        found = list(letters(folder))
        assert (folder.uidvalidity, folder.letters) == (7, 3)
    assert [each.uid for each in found] == [3, 5, 9]
    assert found[0].raw == letter("Letter 3")
    assert found[0].received_at == datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
    assert box.seen == set()
    assert any(command.startswith("EXAMINE") for command in box.asked)


@pytest.mark.parametrize(
    ("after", "found"), [(0, [3, 5, 9]), (3, [5, 9]), (4, [5, 9]), (9, []), (40, [])]
)
def test_only_what_is_new_is_fetched(after: int, found: list[int]) -> None:
    assert read(account(3, 5, 9), after) == found


def test_a_backfill_begins_on_its_day() -> None:
    assert read(account(3, 5, 9), since=date(2026, 11, 3)) == [5, 9]


def test_an_empty_folder_holds_nothing() -> None:
    assert read(account()) == []


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_many_letters_come_in_small_batches(batch: int) -> None:
    box = account(*range(1, 24))
    assert read(box, batch=batch) == list(range(1, 24))
    asked = [len(c.split(" ")[2].split(",")) for c in box.asked if "PEEK" in c]
    assert max(asked) <= batch


def test_large_letters_come_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH_BYTES", 100)
    box = account(1, 2, 3)
    assert read(box) == [1, 2, 3]
    assert sum("PEEK" in command for command in box.asked) == 3


def test_a_letter_that_vanishes_meanwhile_is_left_out() -> None:
    box = account(1, 2, 3)
    box.vanishing = {2}
    assert read(box) == [1, 3]


@pytest.mark.parametrize(("known", "start"), [(7, 5), (6, 0), (None, 0)])
def test_when_the_numbers_begin_anew_so_does_the_reading(known: int | None, start: int) -> None:
    with serve(account(3, 5, 9)) as port, opened(at(port)) as folder:
        assert start_after(folder, known, 5) == start


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "wrong"}, "refused the sign-in"),
        ({"folder": "Nowhere"}, "could not be opened"),
    ],
)
def test_what_a_person_must_mend_is_said(wrong: dict[str, str], said: str) -> None:
    with serve(account(1)) as port, pytest.raises(ChannelError) as error:
        read_at(at(port, **wrong))
    assert error.value.permanent
    assert said in error.value.message


@pytest.mark.parametrize("commands", range(6))
def test_a_connection_that_breaks_is_a_matter_of_time(commands: int) -> None:
    box = account(1, 2, 3)
    box.hang_up_after = commands
    with serve(box) as port, pytest.raises(ChannelError) as error:
        read_at(at(port), batch=1)
    assert not error.value.permanent


def test_no_server_is_a_matter_of_time() -> None:
    with serve(account()) as port:
        pass
    with pytest.raises(ChannelError) as error:
        read_at(at(port))
    assert not error.value.permanent


@pytest.mark.parametrize("trusted", [True, False])
def test_a_mailbox_is_read_in_private_from_servers_we_can_trust(
    trusted: bool, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate) if trusted else "")
    with serve(account(1, 2), server_context(certificate)) as port:
        box = Mailbox("localhost", port, "tls", "larkfield", "right")
        if trusted:
            assert read_at(box) == [1, 2]
        else:
            with pytest.raises(ChannelError) as error:
                read_at(box)
            assert not error.value.permanent


def test_a_server_without_starttls_is_told_no_password() -> None:
    box = account(1)
    with serve(box) as port, pytest.raises(ChannelError):
        read_at(Mailbox("127.0.0.1", port, "starttls", "larkfield", "right"))
    assert not any("LOGIN" in command for command in box.asked)


@pytest.mark.parametrize(("uids", "newest"), [((3, 5, 9), 9), ((), 0)])
def test_reading_may_begin_with_what_comes_from_now_on(uids: tuple[int, ...], newest: int) -> None:
    with serve(account(*uids)) as port, opened(at(port)) as folder:
        assert newest_uid(folder) == newest


def test_the_settings_of_an_inbox_describe_a_mailbox() -> None:
    box = mailbox_from({"host": "mail.example", "username": "larkfield", "password": "secret"})
    assert (box.port, box.security, box.folder) == (993, "tls", "INBOX")
    assert "secret" not in repr(box)
    with pytest.raises(ChannelError):
        mailbox_from({})
