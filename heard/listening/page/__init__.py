"""Readings as one page for the browser and for paper: no script, nothing from outside.

What it shares with the app is drawn by the app's own files; those beside this one hold the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import count

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from heard.listening.figures import figure, percent, sure, words
from heard.listening.marks import Mark, mark_of
from heard.listening.people import initials, tone
from heard.listening.pieces import Stretch, cut, quoted
from heard.listening.remarks import Remark
from heard.listening.report import VERSION
from heard.listening.types import Place, Reading, Sign, Turn

# The app's files, in the layers of its app.css; then those of this page alone.
_SHARED = {
    "base": ("tokens", "base"),
    "components": tuple(
        f"components/{name}" for name in ("people", "said", "signs", "owing", "meter")
    ),
}
_OWN = ("page", "reasons")
# HTML cannot hold these, whatever way they are written.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A mark and where it stands; `number` counts the marks of a conversation from 1."""

    number: int
    turn: int
    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Section:
    """One conversation, drawn, with what the list of contents says of it."""

    number: int
    source: str
    html: Markup
    asks: int
    promises: int


def section(number: int, source: str, reading: Reading, remarks: Sequence[Remark] = ()) -> Section:
    """Draw one conversation. `number` is its place on the page and must be its own."""
    marks = list(_numbered(reading))
    by_turn: list[list[Numbered]] = [[] for _ in reading.turns]
    for each in marks:
        by_turn[each.turn].append(each)
    drawn = (_drawn(turn, own) for turn, own in zip(reading.turns, by_turn, strict=True))
    html = (
        _environment()
        .get_template("conversation.html")
        .render(
            number=number, source=source, reading=reading, remarks=remarks, marks=marks, drawn=drawn
        )
    )
    open_asks = sum(ask.state == "open" for ask in reading.asks)
    return Section(number, source, Markup(html), open_asks, len(reading.commitments))  # noqa: S704


def whole(sections: Sequence[Section], failures: Sequence[str] = ()) -> str:
    """The page of some conversations, with what could not be read."""
    return (
        _environment()
        .get_template("page.html")
        .render(
            sections=sections, failures=failures, styles=_styles(), icon=_icon(), version=VERSION
        )
    )


def _numbered(reading: Reading) -> Iterator[Numbered]:
    numbers = count(1)
    for turn, signs in enumerate(reading.signs):
        for sign in sorted(signs, key=_begin):
            words = reading.turns[turn].text[sign.start : sign.end]
            yield Numbered(next(numbers), turn, words, mark_of(sign))


def _begin(sign: Sign) -> tuple[int, int]:
    return sign.start, -sign.end


def _drawn(turn: Turn, marks: Sequence[Numbered]) -> Iterator[tuple[str, Numbered | None, bool]]:
    """A turn's words in pieces, each with its mark, and whether the mark is seen the first time."""
    text, seen = turn.text, set[int]()
    stretches = [Stretch(one.mark.start, one.mark.end, one) for one in marks]
    for piece in cut(stretches, {0, len(text)}):
        one = piece.mark
        yield text[piece.start : piece.end], one, one is not None and one.number not in seen
        if one:
            seen.add(one.number)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("heard.listening", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    made.filters.update(initials=initials, tone=tone, figure=figure, percent=percent, sure=sure)
    made.filters.update(moment=_moment, clock=_clock, words=words, quote=_quote)
    return made


def _printable(value: object) -> object:
    """Words without what HTML cannot hold; what is HTML already has been through here."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub("\ufffd", value)
    return value


@cache
def _styles() -> Markup:
    own = _read("listening/page", _OWN)
    layers = [
        f"@layer {layer} {{\n{_read('ui/static/ui/css', sheets)}}}\n"
        for layer, sheets in _SHARED.items()
    ]
    return Markup("".join([*layers, own]))  # noqa: S704


def _read(folder: str, sheets: Sequence[str]) -> str:
    place = files("heard") / folder
    return "\n".join((place / f"{sheet}.css").read_text("utf-8") for sheet in sheets)


@cache
def _icon() -> Markup:
    return Markup((files("heard") / "ui/static/ui/mark.svg").read_text("utf-8"))  # noqa: S704


def _moment(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b %Y, %H:%M}"


def _clock(seconds: float) -> str:
    """Seconds from the beginning of a call: 64.2 -> «1:04»."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _quote(place: Place, reading: Reading) -> str:
    """The words at a place, on one line and not too many."""
    return quoted(reading.turns[place.turn].text[place.start : place.end])
