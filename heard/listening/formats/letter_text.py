"""The words of a letter: its plain text, parted into the writer's own and what they quote."""

from __future__ import annotations

import re
from email.message import EmailMessage, Message
from html.parser import HTMLParser

_SIGNATURE = re.compile(r"^-- ?$")
_FORWARD = re.compile(
    r"^\s*-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|originalnachricht"
    r"|weitergeleitete nachricht)\s*-{2,}",
    re.IGNORECASE,
)
# Letters tell of themselves too, "Am 3. Mai schrieb ich Ihnen:"; such a line is the writer's own.
_WROTE = re.compile(
    r"^\s*(?:on\b.{5,200}\bwrote:"
    r"|am\b(?=.{0,200}[\d@]).{5,200}\bschrieb\b"
    r"(?! (?:ich|wir|man|er|sie|mir|mich|uns|ihre?|jemand)\b).{0,150}:"
    r"|\S.{0,100}@.{0,100}\b(?:schrieb am|hat am)\b.{0,40}\d.{0,60}:)\s*$",
    re.IGNORECASE,
)
_WROTE_OPENS = re.compile(r"^\s*(?:on|am)\b.*(?:\d|@)", re.IGNORECASE)
_LONGEST = 400
_BLOCK = re.compile(r"^\*?(?:from|(von)):\*? .+", re.IGNORECASE)
_BLOCK_NEXT = re.compile(r"^\*?(?:sent|date|to|subject):\*? ", re.IGNORECASE)
# These stand in every such block, and not in a parcel's "Von: … An: …".
_BLOCK_TELLS = re.compile(r"^\*?(?:gesendet|datum|betreff):\*? ", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote", "table"})
_SILENT = frozenset({"script", "style", "head", "title"})


def plain(message: EmailMessage) -> str:
    """A letter's text with plain line ends: the plain part, else the HTML part without its tags."""
    part = message.get_body(preferencelist=("plain", "html")) if message.is_multipart() else message
    if part is None:
        return ""
    text = _decoded(part).replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() != "text/html":
        return text
    words = _Words()
    words.feed(text)
    words.close()
    return words.text()


def _decoded(part: Message) -> str:
    """A part's text; letters of an unknown or lying charset come out as replacement marks."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(payload or "")
    charset = part.get_content_charset("utf-8")
    try:
        return payload.decode(charset, "replace")
    except (LookupError, ValueError):  # no codec of that name, or one that is none for text
        return payload.decode("utf-8", "replace")


class _Words(HTMLParser):
    """Collects the words of HTML; the parser of the library can only be used as a base class."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _SILENT
        self.quotes += tag == "blockquote"
        if tag in _BREAKS:
            self.parts.append("\n" + "> " * self.quotes)

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in _SILENT))
        self.quotes = max(0, self.quotes - (tag == "blockquote"))
        if tag in _BREAKS:
            self.parts.append("\n" + "> " * self.quotes)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """What was collected, without runs of empty lines."""
        return re.sub(r"\n\s*\n\s*", "\n\n", "".join(self.parts)).strip()


def own_and_quoted(text: str) -> tuple[str, str, str]:
    """Part a letter's text into the writer's own words and the latest letter that they quote.

    Third comes the line above that quote, which names its writer; "" where there is none.
    Own words between quotes are kept; what stands below "On … wrote:" or a forwarding line is
    quoted; the signature below "-- " is dropped. Older quotes inside a quote are dropped too.
    """
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    above: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.startswith(">"):
            quoted.append(line[1:].removeprefix(" "))
        elif _FORWARD.match(line) or _is_block(lines, number):
            below = _below(lines[number + 1 :])
            above.extend(filter(_BLOCK.match, lines[number : len(lines) - len(below)]))
            quoted.extend(below)
            break
        elif _SIGNATURE.match(line):
            quoted.extend(part[1:].strip() for part in lines[number:] if part.startswith(">"))
            break
        elif wrote := _attribution(lines, number):
            above.append(" ".join(lines[number : number + wrote]))
            number += wrote - 1
        else:
            own.append(line)
        number += 1
    latest = "\n".join(_latest(quoted)).strip()
    return "\n".join(own).strip(), latest, "".join(above[:1]).strip() if latest else ""


def _attribution(lines: list[str], number: int) -> int:
    """How many lines "On … wrote:" takes from here, 0 where there is none.

    Broken over lines it must tell a date or an address, and stand right above a quote.
    """
    if len(lines[number]) <= _LONGEST and _WROTE.match(lines[number]):
        return 1
    if not _WROTE_OPENS.match(lines[number][:_LONGEST]):
        return 0
    for length in (2, 3):
        joined = " ".join(line.strip() for line in lines[number : number + length])
        if len(joined) <= _LONGEST and _WROTE.match(joined):
            below = (line for line in lines[number + length : number + length + 3] if line.strip())
            return length if next(below, "").startswith(">") else 0
    return 0


def _is_block(lines: list[str], number: int) -> bool:
    """Does "From: …" open the head of a quoted letter, as Outlook writes it?"""
    opens = _BLOCK.match(lines[number])
    if not opens:
        return False
    if opens[1]:
        return any(_BLOCK_TELLS.match(line) for line in lines[number + 1 : number + 5])
    return any(_BLOCK_NEXT.match(line) for line in lines[number + 1 : number + 3])


def _below(lines: list[str]) -> list[str]:
    """The words below a quoted letter's head."""
    start = 0
    while start < len(lines) and re.match(r"^\*?[A-Za-z-]{2,12}:\*? ", lines[start]):
        start += 1
    return lines[start:]


def _latest(quoted: list[str]) -> list[str]:
    """A quote without the quotes inside it."""
    kept = []
    number = 0
    while number < len(quoted):
        line = quoted[number]
        if _SIGNATURE.match(line) or _FORWARD.match(line) or _is_block(quoted, number):
            break
        wrote = _attribution(quoted, number)
        if not wrote and not line.startswith(">"):
            kept.append(line)
        number += wrote or 1
    return kept
