"""What stands in a header: encoded words (RFC 2047), dates, one value by its name."""

import base64
import binascii
import quopri
import re
from datetime import UTC, datetime
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime

from heard.channels.email.charset import decode, scrub, undirected

# Longer than any header a person writes. What lies beyond is left in the original letter.
LONGEST = 16_000


class AsItCame(Compat32):
    """The library's reading of headers without its hiding of eight-bit letters.

    Compat32 is seven times as fast as the default policy and never judges a header.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        """A header's text as it came, cut at LONGEST."""
        return value[:LONGEST]


AS_IT_CAME = AsItCame()

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]{0,8000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def value(message: Message, name: str) -> str:
    """Return the first header of this name, unfolded but not decoded; "" when it is missing."""
    return next(iter(values(message, name)), "")


def values(message: Message, name: str) -> list[str]:
    """Return all headers of this name, unfolded but not decoded, each cut at LONGEST."""
    wanted = name.lower()
    return [readable(str(v)) for n, v in message.raw_items() if n.lower() == wanted]


def readable(raw: str) -> str:
    """Return a header's text as the parser gives it without its surrogates, control characters
    and all beyond LONGEST. Eight-bit headers are UTF-8, or else Windows-1252.
    """
    cut = raw[:LONGEST]
    if not cut.isascii():
        cut = decode(cut.encode("utf-8", "surrogateescape"))[0]
    return _CONTROL.sub(" ", cut).strip()


def words(text: str) -> str:
    """Decode the encoded words in a header's text (RFC 2047), forgiving what mailers do wrong.

    Names and subjects stand among our own words, so what turns the direction of text is left out.
    """
    if "=?" not in text:
        return undirected(scrub(text))
    # One letter of several bytes may be cut in two by neighbouring words, so equals are joined
    # as bytes before they are read.
    parts: list[tuple[str, bytes]] = []
    position, joined = 0, _BETWEEN_WORDS.sub(r"\1", text)
    for found in _WORD.finditer(joined):
        if found.start() > position:
            parts.append(("", joined[position : found.start()].encode("utf-8", "replace")))
        charset = found[1].partition("*")[0].lower()
        content = _bytes(found[2], found[3])
        if parts and charset and parts[-1][0] == charset:
            content = parts.pop()[1] + content
        parts.append((charset, content))
        position = found.end()
    parts.append(("", joined[position:].encode("utf-8", "replace")))
    decoded = "".join(decode(content, charset)[0] for charset, content in parts)
    return undirected(_CONTROL.sub(" ", decoded))


def _bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def moment(text: str) -> datetime | None:
    """Read a Date header; a date without a zone is taken as UTC. None when it is not a date."""
    try:
        at = parsedate_to_datetime(text[:200])
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
