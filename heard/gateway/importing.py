"""Letters from files: one .eml, or an .mbox of any size, read letter by letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path

from heard.channels.email.header import AS_IT_CAME, moment, value
from heard.gateway.arrival import Arrival
from heard.gateway.batches import in_batches
from heard.gateway.models import Envelope
from heard.gateway.verbs import accept
from heard.inbox.models import Inbox
from heard.refusal import Refusal

TOGETHER = 100

# «From » alone, with a dash, with an address or with a clock time. Not every program marks the
# lines of a letter that begin with the same word.
_BETWEEN = re.compile(rb"From (?:-?\s*$|\S+@\S|.*\d:\d\d)")
_MARKED = re.compile(rb">+From ")


def letters_in(path: Path) -> Iterator[bytes]:
    """The raw letters of a file, in order, one at a time.

    Raises Refusal when the file is neither an .mbox nor a letter.
    """
    with path.open("rb") as file:
        first = file.readline()
        file.seek(0)
        if first.startswith(b"From "):
            yield from split(file)
        elif b":" in first:
            yield file.read()
        else:
            raise Refusal(
                f"{path.name} is neither an .mbox file nor a letter: its first line is no header.",
                code="format",
            )


def split(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Cut an .mbox at its «From » lines. A letter's own such lines stand after a >, which goes.

    Only a «From » line after an empty line begins a letter (RFC 4155).
    """
    letter: list[bytes] = []
    after_blank = True
    for line in lines:
        if after_blank and _BETWEEN.match(line):
            if letter:
                yield b"".join(letter)
            letter = []
        else:
            letter.append(line[1:] if _MARKED.match(line) else line)
        after_blank = not line.strip()
    if letter:
        yield b"".join(letter)


def bring_in(inbox: Inbox, path: Path, tell: Callable[[int], None]) -> int:
    """Keep every letter of a file; how many there were. Doing it again changes nothing.

    tell is called with the number of bytes read since it was called last.
    """
    count = 0
    for batch in in_batches(letters_in(path), TOGETHER, len):
        accept([_arrival(inbox, raw) for raw in batch])
        tell(sum(map(len, batch)))
        count += len(batch)
    return count


def _arrival(inbox: Inbox, raw: bytes) -> Arrival:
    return Arrival(inbox=inbox.pk, raw=raw, source=Envelope.Source.IMPORT, at=written_at(raw))


def written_at(raw: bytes) -> datetime | None:
    """When an old letter was written; it takes its place in the history by that time."""
    header = BytesHeaderParser(policy=AS_IT_CAME).parsebytes(raw[:65536])
    at = moment(value(header, "Date"))
    return min(at, datetime.now(UTC)) if at else None
