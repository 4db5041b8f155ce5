"""Messages as the page shows them: words with their marks, links, and who speaks when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils import timezone
from markupsafe import Markup, escape

from heard.inbox.emphasis import Emphasis, emphases
from heard.inbox.models import Attachment, Message
from heard.listening.figures import sure
from heard.listening.marks import Mark
from heard.listening.pieces import Piece, cut, whole

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'»]")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")

# Each is a place to stop at for whoever goes through the page by keyboard.
MOST_MARKS = 300
# A browser lays out a megabyte of words for many seconds; closed folds cost it nothing.
LONGEST_SHOWN = 40_000

SYSTEM = Message.Kind.SYSTEM
# What a colleague wrote here, in Markdown.
OURS = (Message.Kind.OUTBOUND, Message.Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on the page.

    `rest` is what of a very long text is folded away; `unmarked` signs lie after those drawn.
    """

    message: Message
    html: Markup
    rest: str
    files: Sequence[Attachment]
    unmarked: int
    first_of_run: bool
    day: date | None


def letters_of(
    messages: Iterable[Message], marks: dict[int, list[Mark]], *, before: Message | None = None
) -> Iterator[Letter]:
    """The messages of a thread as letters; `before` is the message above the first."""
    for message in messages:
        today = timezone.localtime(message.at).date()
        new_day = before is None or timezone.localtime(before.at).date() != today
        heard, end = marks.get(message.pk, []), _fold_at(message.text)
        drawn = [mark for mark in heard[:MOST_MARKS] if mark.end <= end]
        yield Letter(
            message=message,
            html=words(message.text[:end], drawn, styled=message.kind in OURS),
            rest=message.text[end:].strip(),
            unmarked=len(heard) - len(drawn),
            files=[] if message.kind == SYSTEM else list(message.attachments.all()),
            first_of_run=new_day or before is None or _speaker(before) != _speaker(message),
            day=today if new_day else None,
        )
        before = message


def _fold_at(text: str) -> int:
    """Where the shown part of a text ends: at the end of a line if there is one near."""
    if len(text) <= LONGEST_SHOWN:
        return len(text)
    line = text.rfind("\n", LONGEST_SHOWN // 2, LONGEST_SHOWN)
    return LONGEST_SHOWN if line < 0 else line


def _speaker(message: Message) -> tuple[str, str, int | None]:
    return message.kind, message.author_address, message.user_id


def words(text: str, marks: Sequence[Mark], *, styled: bool = False) -> Markup:
    """Text as paragraphs, each sign marked and each link shown with where it leads.

    styled: the writer's own emphasis in Markdown is shown as such, without its stars.
    """
    paragraphs = list(_paragraphs(text))
    links = [found.span() for found in _LINK.finditer(text)]
    styles = list(emphases(text, links)) if styled else []
    edges = [edge for span in (*paragraphs, *(style.edges for style in styles)) for edge in span]
    pieces = cut(whole(marks, links), edges)
    begins = [piece.start for piece in pieces]
    written = []
    for start, end in paragraphs:
        inside = pieces[bisect_left(begins, start) : bisect_left(begins, end)]
        said = Markup("").join(_styled(text, piece, styles) for piece in inside)
        written.append(Markup('<p dir="auto">{}</p>').format(said))
    return Markup("\n").join(written)


def _styled(text: str, piece: Piece[Mark], styles: Sequence[Emphasis]) -> Markup:
    at = bisect_right(styles, piece.start, key=lambda style: style.opens) - 1
    written = _piece(text[piece.start : piece.end], piece.mark)
    if at < 0 or piece.start >= styles[at].closes:
        return written
    if not styles[at].start <= piece.start < styles[at].end:
        return Markup("")  # the stars themselves
    return Markup("<{0}>{1}</{0}>").format(styles[at].tag, written)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            yield start, end
        start = gap.end() if gap else end


def _piece(text: str, mark: Mark | None) -> Markup:
    inner = _linked(text)
    if mark is None or not text.strip():
        return inner
    return Markup(
        '<mark class="sign" data-family="{}" data-kind="{}" data-why="{}" data-sure="{}"'
        ' tabindex="0">{}</mark>'
    ).format(mark.family, mark.label, mark.why, sure(mark.score), inner)


def _linked(text: str) -> Markup:
    pieces, at = [], 0
    for found in _LINK.finditer(text):
        pieces += [_broken(text[at : found.start()]), _link(found[0])]
        at = found.end()
    return Markup("").join([*pieces, _broken(text[at:])])


def _link(url: str) -> Markup:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return escape(url)
    return Markup(
        '<a href="{}" target="_blank" rel="noopener noreferrer nofollow" title="{}">{}</a>'
    ).format(url, host, url)


def _broken(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))
