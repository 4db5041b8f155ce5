"""Old letters come in from files: all of them, in place, as often as one likes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.conftest import Letter
from heard.gateway import batches, importing
from heard.gateway.importing import bring_in, letters_in, split, written_at
from heard.gateway.models import Envelope
from heard.inbox.models import Inbox
from heard.refusal import Refusal

BETWEEN = b"From ines@duarte.example Mon Mar  2 09:00:00 2026\n"


def ignored(_count: int) -> None:
    """Nobody looks at the progress."""


def mbox(*letters: bytes, between: bytes = BETWEEN) -> list[bytes]:
    """The lines of an mbox file with these letters."""
    escaped = [b"\n".join(_escaped(line) for line in one.split(b"\n")) for one in letters]
    return b"".join(between + one + b"\n\n" for one in escaped).splitlines(keepends=True)


def _escaped(line: bytes) -> bytes:
    return b">" + line if line.lstrip(b">").startswith(b"From ") else line


@pytest.mark.parametrize(
    "between",
    [
        BETWEEN,
        b"From - Mon Mar 02 09:00:00 2026\n",
        b"From 18345@xxx Mon Mar 02 09:00:00 +0000 2026\n",
        b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n",
        b"From - \n",
        b"From \r\n",
        b"From ines@duarte.example\n",
    ],
)
def test_every_program_s_mbox_is_cut_into_its_letters(between: bytes) -> None:
    letters = [b"Subject: A\n\nOne", b"Subject: B\n\nTwo"]
    assert [one.strip() for one in split(mbox(*letters, between=between))] == letters


@pytest.mark.parametrize(
    "prose",
    [b"From now on, all is well.", b"From the workshop", b"From Monday we close"],
)
def test_a_sentence_that_begins_with_from_begins_no_letter(prose: bytes) -> None:
    letter = b"Subject: A\n\nHello\n\n" + prose
    lines = (BETWEEN + letter + b"\n").splitlines(keepends=True)
    assert [one.strip() for one in split(lines)] == [letter]


@given(
    st.lists(
        st.lists(
            st.sampled_from([b"Hello", b"From x@y.example", b">From z", b">>From z", b"", b"> q"]),
            min_size=1,
        ).map(b"\n".join),
        min_size=1,
    )
)
def test_what_an_mbox_escapes_comes_back_as_it_was(bodies: list[bytes]) -> None:
    letters = [b"Subject: A\n\n" + body for body in bodies]
    found = list(split(mbox(*letters)))
    assert [one.rstrip(b"\n") for one in found] == [one.rstrip(b"\n") for one in letters]


@pytest.mark.parametrize("content", [b"", b"just words\nand more\n", b"\x00\x01\x02"])
def test_a_file_that_is_no_letter_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=r"notes.txt is neither"):
        list(letters_in(path))


@pytest.mark.django_db
def test_importing_twice_is_importing_once(tmp_path: Path, inbox: Inbox, letter: Letter) -> None:
    path = tmp_path / "old.mbox"
    path.write_bytes(b"".join(mbox(*(letter(f"Letter {n}") for n in range(250)))))
    told: list[int] = []
    assert bring_in(inbox, path, told.append) == 250
    assert bring_in(inbox, path, ignored) == 250
    assert Envelope.objects.count() == 250
    assert Envelope.objects.first().source == "import"
    assert 0.5 * path.stat().st_size < sum(told) <= path.stat().st_size


@pytest.mark.django_db
def test_a_letter_that_came_by_smtp_is_not_imported_again(
    tmp_path: Path, inbox: Inbox, letter: Letter
) -> None:
    raw = letter("From the workshop:\n>From what I hear")
    importing.accept([importing._arrival(inbox, raw.replace(b"\n", b"\r\n"))])
    path = tmp_path / "old.mbox"
    path.write_bytes(b"".join(mbox(raw)))
    bring_in(inbox, path, ignored)
    assert Envelope.objects.count() == 1


@pytest.mark.django_db
def test_a_single_letter_is_imported_from_its_file(
    tmp_path: Path, inbox: Inbox, letter: Letter
) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(letter("Hello"))
    assert bring_in(inbox, path, ignored) == 1
    assert Envelope.objects.get().received_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_large_file_needs_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BYTES", 1_000_000)
    path = tmp_path / "large.mbox"
    body = b"Subject: A\n\n" + b"word " * 60_000 + b"\n\n"
    with path.open("wb") as file:
        for _ in range(60):
            file.write(BETWEEN + body)
    tracemalloc.start()
    sizes = [len(batch) for batch in batches.in_batches(letters_in(path), 100, len)]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(sizes) == 60
    assert most < 6_000_000


@pytest.mark.parametrize(
    ("date", "found"),
    [
        (b"Mon, 02 Mar 2026 10:00:00 +0100", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        (b"Mon, 02 Mar 2026 10:00:00 -0000", datetime(2026, 3, 2, 10, 0, tzinfo=UTC)),
        (b"last Tuesday", None),
        (b"", None),
        (b"Mon, 99 Mar 2026 10:00:00 +0100", None),
        (b"=?utf-8?q?Mon?=", None),
        (b"\xff\xfe", None),
        (b"Mon, 02 Mar 99999999999 10:00:00 +0100", None),
    ],
)
def test_a_letter_takes_its_place_by_its_date(date: bytes, found: datetime | None) -> None:
    assert written_at(b"Subject: A\r\nDate: " + date + b"\r\n\r\nHi") == found


@pytest.mark.parametrize(
    "date", [b"Fri, 31 Dec 9999 23:59:59 -1200", b"Mon, 1 Jan 2199 1:00:00 +0"]
)
def test_no_letter_comes_from_the_future(date: bytes) -> None:
    at = written_at(b"Date: " + date + b"\r\n\r\nHi")
    assert at is None or at <= datetime.now(UTC)


def test_lines_without_end_are_one_letter() -> None:
    def lines() -> Iterator[bytes]:
        yield BETWEEN
        yield b"Subject: A"

    assert list(split(lines())) == [b"Subject: A"]
