"""Readings as one page for the browser and for paper: no script, nothing from outside.

The colours and the lines under the words are the app's own files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from heard.listening.families import family_of, label_of
from heard.listening.pieces import Piece, cut
from heard.listening.pieces import whole as uncut
from heard.listening.remarks import Remark
from heard.listening.report import VERSION
from heard.listening.types import Measure, Place, Reading, Sign, Turn

_STYLES = ("ui/static/ui/css/tokens.css", "ui/static/ui/css/components/signs.css")
# HTML cannot hold these, whatever way they are written.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TONES = 6
_COUNTED = frozenset({"asks", "times", "turns", "words"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign as it is drawn and listed; `number` counts the signs of a conversation from 1."""

    number: int
    turn: int
    start: int
    end: int
    kind: str
    family: str
    label: str
    why: str
    score: float
    words: str


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
    marks = list(_marks(reading))
    by_turn: list[list[Mark]] = [[] for _ in reading.turns]
    for mark in marks:
        by_turn[mark.turn].append(mark)
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


def _marks(reading: Reading) -> Iterator[Mark]:
    number = 0
    for turn, signs in enumerate(reading.signs):
        for sign in sorted(signs, key=_begin):
            number += 1
            yield Mark(
                number=number,
                turn=turn,
                start=sign.start,
                end=sign.end,
                kind=sign.kind,
                family=family_of(sign.kind),
                label=label_of(sign.kind),
                why=sign.why,
                score=sign.score,
                words=reading.turns[turn].text[sign.start : sign.end],
            )


def _begin(sign: Sign) -> tuple[int, int]:
    return sign.start, -sign.end


def _drawn(turn: Turn, marks: Sequence[Mark]) -> list[tuple[str, Mark | None, bool]]:
    """A turn's words in pieces, each with its mark, and whether the mark is seen the first time."""
    text, seen = turn.text, set[int]()
    drawn: list[tuple[str, Mark | None, bool]] = []
    for piece in cut(uncut(marks, ()), {0, len(text)}):
        mark = _mark_of(piece)
        first = mark is not None and mark.number not in seen
        if mark:
            seen.add(mark.number)
        drawn.append((text[piece.start : piece.end], mark, first))
    return drawn


def _mark_of(piece: Piece) -> Mark | None:
    return piece.mark if isinstance(piece.mark, Mark) else None


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
    made.filters.update(
        initials=_initials, tone=_tone, figure=figure, moment=_moment, sure=sure, clock=_clock
    )
    made.filters.update(words=_words, percent=_percent, quote=_quote)
    return made


def _printable(value: object) -> object:
    """Words without what HTML cannot hold; what is HTML already has been through here."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub("\ufffd", value)
    return value


@cache
def _styles() -> Markup:
    house = files("heard")
    sheets = [*_STYLES, "listening/page/page.css"]
    return Markup("\n".join((house / sheet).read_text("utf-8") for sheet in sheets))  # noqa: S704


@cache
def _icon() -> Markup:
    return Markup((files("heard") / "ui/static/ui/mark.svg").read_text("utf-8"))  # noqa: S704


def _initials(name: str) -> str:
    """The first letters of the first and last word, as the app has them: «Maya Lund» -> «ML»."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]]) or "·"


def _tone(name: str) -> int:
    """Which tone stands behind a name, the same as in the app."""
    return sum(name.encode("utf-8", "replace")) % _TONES


def _moment(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b %Y, %H:%M}"


def _clock(seconds: float) -> str:
    """Seconds from the beginning of a call: 64.2 -> «1:04»."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _words(name: str) -> str:
    return re.sub(r"[_.-]", " ", name).capitalize()


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _quote(place: Place, reading: Reading) -> str:
    """The words at a place, on one line and not too many."""
    said = " ".join(reading.turns[place.turn].text[place.start : place.end].split())
    return said if len(said) <= 90 else said[:89].rstrip() + "…"


def sure(score: float) -> str:
    """How sure, in the words of the app."""
    if score >= 0.85:
        return "Quite sure"
    return "Fairly sure" if score >= 0.6 else "Not sure"


def figure(measure: Measure) -> str:
    """A measure's value with its unit, as people say it."""
    value, unit = measure.value, measure.unit
    if unit.startswith("share"):
        return f"{_percent(value)}{unit.removeprefix('share')}"
    if unit == "yes or no":
        return "yes" if value else "no"
    if unit == "seconds":
        return _span(value)
    if value == 1 and unit in _COUNTED:
        unit = unit.removesuffix("s")
    return f"{value:.3g} {unit}" if abs(value) < 1000 else f"{value:,.0f} {unit}"


def _span(seconds: float) -> str:
    """A length of time in its two largest units: 3720 -> «1 h 2 min»."""
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes = round(seconds / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "days" if days > 1 else "day"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{count} {unit}" for count, unit in [p for p in parts if p[0]][:2])
