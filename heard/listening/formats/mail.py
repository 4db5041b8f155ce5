"""Letters: one .eml, or an .mbox whose letters are sorted into threads.

Quoted history is the other side's words: it is left out where the letter that it quotes is there
itself, and becomes a turn of the other side where it is not. Automatic letters are left out.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from heard.listening.formats.conversation import Conversation, Unreadable, sides
from heard.listening.formats.letter_text import own_and_quoted, plain
from heard.listening.types import Speaker, Turn

_ID = re.compile(r"<([^<>\s]{1,500})>")
_REPLY = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|sv|vs|antw)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is needed of one letter."""

    ids: tuple[str, ...]
    subject: str
    reply: bool
    address: str
    name: str
    at: datetime | None
    own: str
    quoted: str


def eml(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the conversation of one letter: what it quotes, then what it says."""
    raw = path.read_bytes()
    if not raw.strip():
        raise Unreadable(path, 1, "The file is empty.")
    found = letter(raw)
    yield Conversation(str(path), _turns([found] if found else [], us))


def mbox(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the threads of an mbox file in the order in which they begin.

    Only the text of the letters is kept in memory, attachments are not.
    """
    with path.open("rb") as opened:
        first = opened.readline()
    if first.strip() and not first.startswith(b"From "):
        raise Unreadable(path, 1, 'An mbox file begins with a line "From …".')
    box = mailbox.mbox(path, create=False)
    try:
        letters = [found for key in box.iterkeys() if (found := letter(box.get_bytes(key)))]
    finally:
        box.close()
    for number, thread in enumerate(_threads(letters), 1):
        yield Conversation(f"{path}#{number}", _turns(thread, us))


def letter(raw: bytes) -> Letter | None:
    """Read one letter; None for automatic ones (RFC 3834). Never raises for any bytes."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    if _header(message, "Auto-Submitted").lower() not in ("", "no"):
        return None
    own, quoted = own_and_quoted(plain(message))
    name, address = parseaddr(_header(message, "From"))
    subject = _header(message, "Subject")
    ids = "".join(_header(message, h) for h in ("Message-ID", "In-Reply-To", "References"))
    return Letter(
        ids=tuple(_ID.findall(ids)),
        subject=_REPLY.sub("", subject).strip().casefold(),
        reply=bool(_REPLY.match(subject)),
        address=address.casefold() or name.casefold() or "?",
        name=name,
        at=_at(_header(message, "Date")),
        own=own,
        quoted=quoted,
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header's text; "" where it is missing or too broken for the parser."""
    try:
        return str(message.get(name, "")).strip()
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):
        # What the header parser raises for hostile bytes differs between Python versions.
        return ""


def _at(date: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(date)
    except (TypeError, ValueError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _threads(letters: list[Letter]) -> list[list[Letter]]:
    """Sort letters by shared Message-IDs, and replies without any by their subject."""
    threads: list[list[Letter]] = []
    by_id: dict[str, list[Letter]] = {}
    by_subject: dict[str, list[Letter]] = {}
    for one in letters:
        known = next((by_id[i] for i in one.ids if i in by_id), None)
        if known is None and one.reply:
            known = by_subject.get(one.subject)
        if known is None:
            known = []
            threads.append(known)
        known.append(one)
        by_subject.setdefault(one.subject, known)
        for identifier in one.ids:
            by_id.setdefault(identifier, known)
    return threads


def _turns(letters: list[Letter], us: frozenset[str]) -> tuple[Turn, ...]:
    dated = sorted(letters, key=_sent) if all(one.at for one in letters) else letters
    voices = list(dict.fromkeys(one.address for one in dated))
    quotes_first = len(dated) == 1 and bool(dated[0].quoted)
    ours = sides(voices, us, "agent" if quotes_first else "customer")
    turns = [
        Turn(speaker=ours[one.address], text=one.own, name=one.name, at=one.at, channel="email")
        for one in dated
    ]
    if quotes_first:
        other: Speaker = "customer" if turns[0].speaker == "agent" else "agent"
        turns.insert(0, Turn(speaker=other, text=dated[0].quoted, channel="email"))
    return tuple(turns)


def _sent(one: Letter) -> datetime:
    return one.at or datetime.max.replace(tzinfo=UTC)
