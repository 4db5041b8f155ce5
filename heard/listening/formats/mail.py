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
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from pathlib import Path

from heard.listening.formats.conversation import Conversation, Unreadable, sides
from heard.listening.formats.letter_text import own_and_quoted, plain
from heard.listening.remarks import Remark
from heard.listening.types import Speaker, Turn

_ID = re.compile(r"<([^<>\s]{1,500})>")
_LONGEST = 10_000
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
    answered: tuple[str, ...]
    """Whom it is written to, then whom it quotes: names, addresses, or a line with both."""


def eml(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the conversation of one letter: what it quotes, then what it says."""
    raw = path.read_bytes()
    if not raw.strip():
        raise Unreadable(path, 1, "The file is empty.")
    found = letter(raw)
    if found and not (found.ids or found.subject or found.at or found.address != "?"):
        raise Unreadable(path, 1, "This is not a letter: it has no head with From and Subject.")
    yield _conversation(str(path), [found] if found else [], us, automatic=found is None)


def mbox(path: Path, us: frozenset[str]) -> Iterator[Conversation]:
    """Yield the threads of an mbox file in the order in which they begin.

    Only the text of the letters is kept in memory, attachments are not.
    """
    with path.open("rb") as opened:
        numbered = enumerate(opened, 1)
        number, first = next(((n, line) for n, line in numbered if line.strip()), (1, b""))
    if not first:
        raise Unreadable(path, 1, "The file is empty.")
    if not first.startswith(b"From "):
        raise Unreadable(path, number, 'An mbox file begins with a line "From …".')
    box = mailbox.mbox(path, create=False)
    try:
        letters = [letter(box.get_bytes(key)) for key in box.iterkeys()]
    finally:
        box.close()
    automatic = letters.count(None)
    for number, thread in enumerate(_threads([one for one in letters if one]) or [[]], 1):
        source = f"{path}#{number}" if thread else str(path)
        yield _conversation(source, thread, us, automatic=automatic if number == 1 else 0)


def letter(raw: bytes) -> Letter | None:
    """Read one letter; None for automatic ones (RFC 3834). Never raises for any bytes."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    if _header(message, "Auto-Submitted").lower() not in ("", "no"):
        return None
    own, quoted, above = own_and_quoted(plain(message))
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
        answered=(*_mailboxes(_header(message, "To")), *filter(None, (above,))),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header's text; "" where it is missing or too broken for the parser."""
    try:
        return str(message.get(name, "")).strip()
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):
        # What the header parser raises for hostile bytes differs between Python versions.
        return ""


def _mailboxes(header: str) -> Iterator[str]:
    """Each name with its address; a header names a few, and hostile ones are cut."""
    for name, address in getaddresses([header[:_LONGEST]]):
        if name or address:
            yield f"{name} <{address}>"


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


def _conversation(
    source: str, letters: list[Letter], us: frozenset[str], automatic: int
) -> Conversation:
    undated = sum(1 for one in letters if one.at is None)
    dated = letters if undated else sorted(letters, key=_sent)
    voices = list(dict.fromkeys(one.address for one in dated))
    quotes_first = len(dated) == 1 and bool(dated[0].quoted)
    # Whoever is named by name is named by address too.
    known = us | {one.address for one in dated if one.name and one.name.casefold() in us}
    ours = sides(voices, known, "agent" if quotes_first else "customer", _answered(dated))
    turns = [
        Turn(speaker=ours.of[one.address], text=one.own, name=one.name, at=one.at, channel="email")
        for one in dated
    ]
    if quotes_first:
        other: Speaker = "customer" if turns[0].speaker == "agent" else "agent"
        turns.insert(0, Turn(speaker=other, text=dated[0].quoted, channel="email"))
    said = _remarks(automatic, undated if len(letters) > 1 else 0)
    return Conversation(source, tuple(turns), (*said, *ours.remarks))


def _answered(letters: list[Letter]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in letters:
        found.setdefault(one.address, []).extend(one.answered)
    return found


def _remarks(automatic: int, undated: int) -> Iterator[Remark]:
    if automatic:
        letters = "A letter" if automatic == 1 else f"{automatic} letters"
        yield Remark(f"{letters} sent by a program {'was' if automatic == 1 else 'were'} left out.")
    if undated:
        letters = "A letter has" if undated == 1 else f"{undated} letters have"
        yield Remark(f"{letters} no date that can be read; all stand in the order of the file.")


def _sent(one: Letter) -> datetime:
    return one.at or datetime.max.replace(tzinfo=UTC)
