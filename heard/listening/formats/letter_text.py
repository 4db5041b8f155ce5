"""The words of a letter: its plain text, parted into the writer's own and what they quote."""

from __future__ import annotations

import re
from email.message import EmailMessage, Message
from html.parser import HTMLParser

_SIGNATURE = re.compile(r"^-- ?$")
_FORWARD = re.compile(r"^\s*-{2,}\s*(?:original message|forwarded message)\s*-{2,}", re.IGNORECASE)
_WROTE = re.compile(r"^\s*on\b.{5,200}\bwrote:\s*$", re.IGNORECASE)
_BLOCK = re.compile(r"^\*?from:\*? .+", re.IGNORECASE)
_BLOCK_NEXT = re.compile(r"^\*?(?:sent|date|to|subject):\*? ", re.IGNORECASE)
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


def own_and_quoted(text: str) -> tuple[str, str]:
    """Part a letter's text into the writer's own words and the latest letter that they quote.

    Own words between quotes are kept; what stands below "On … wrote:" or a forwarding line is
    quoted; the signature below "-- " is dropped. Older quotes inside a quote are dropped too.
    """
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    for number, line in enumerate(lines):
        if line.startswith(">"):
            quoted.append(line[1:].removeprefix(" "))
        elif _FORWARD.match(line) or _is_block(lines, number):
            quoted.extend(_below(lines[number + 1 :]))
            break
        elif _SIGNATURE.match(line):
            quoted.extend(part[1:].strip() for part in lines[number:] if part.startswith(">"))
            break
        elif not _WROTE.match(line):
            own.append(line)
    return "\n".join(own).strip(), "\n".join(_latest(quoted)).strip()


def _is_block(lines: list[str], number: int) -> bool:
    """Does "From: …" open the head of a quoted letter, as Outlook writes it?"""
    following = lines[number + 1 : number + 3]
    return bool(_BLOCK.match(lines[number])) and any(_BLOCK_NEXT.match(f) for f in following)


def _below(lines: list[str]) -> list[str]:
    """The words below a quoted letter's head."""
    start = 0
    while start < len(lines) and re.match(r"^\*?[A-Za-z-]{2,12}:\*? ", lines[start]):
        start += 1
    return lines[start:]


def _latest(quoted: list[str]) -> list[str]:
    """A quote without the quotes inside it."""
    kept = []
    for number, line in enumerate(quoted):
        if _SIGNATURE.match(line) or _FORWARD.match(line) or _is_block(quoted, number):
            break
        if not line.startswith(">") and not _WROTE.match(line):
            kept.append(line)
    return kept
