"""A reading for people to read, and as one JSON object on a line for programs.

heard/listening/page draws the third form: a page for the browser and for paper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from heard.listening.remarks import Remark
from heard.listening.types import (
    Ask,
    Commitment,
    Course,
    Link,
    Place,
    Reading,
    Sign,
    Turn,
    TurningPoint,
)

# The version of docs/reading.schema.json; its first number changes when a reader must change.
VERSION = "1.3"
# Controls (C0, C1) and what overrides the direction of text.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def text(source: str, reading: Reading, remarks: Sequence[Remark] = ()) -> str:
    """A report in plain words: the turns with what was heard in each, then what ties them."""
    return "\n".join(map(_plain, _lines(source, reading, remarks))) + "\n"


def _plain(shown: str) -> str:
    """Without signs that would steer a terminal or turn the rest of the line around."""
    return _STEERING.sub("\ufffd", shown)


def _lines(source: str, reading: Reading, remarks: Sequence[Remark]) -> Iterator[str]:
    yield source
    yield "=" * min(len(source), 80)
    for remark in remarks:
        yield f"  ! {remark.sentence}"
    for number, turn in enumerate(reading.turns):
        yield ""
        yield _heading(number, turn)
        for sign in reading.signs[number]:
            said = _short(turn.text[sign.start : sign.end])
            yield f"  {sign.kind:<24} «{said}»  {sign.score:.2f}  {sign.why}"
    yield from _section("Asks", [_ask(a) for a in reading.asks])
    yield from _section("Promises", [_commitment(c) for c in reading.commitments])
    yield from _section("Course of feeling", _course(reading.course))
    yield from _section("Measures", [f"{m.name}: {m.value:.2f} {m.unit}" for m in reading.measures])
    yield from _section("Skills", [f"{s.name}: {s.score:.2f}. {s.why}" for s in reading.skills])


def _heading(number: int, turn: Turn) -> str:
    when = f", {turn.at:%Y-%m-%d %H:%M}" if turn.at else ""
    name = f" ({turn.name})" if turn.name else ""
    return f"{number + 1}. {turn.speaker}{name}{when}: {_short(turn.text, 90)}"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _ask(ask: Ask) -> str:
    state = "in part" if ask.coverage == "part" and ask.state == "answered" else ask.state
    return f"{state:<9} «{_short(ask.text)}» (turn {ask.place.turn + 1}). {ask.why}"


def _commitment(promise: Commitment) -> str:
    due = f"{promise.due:%Y-%m-%d %H:%M}" if promise.due else promise.when or "no time named"
    return f"{promise.who}: {_short(promise.what)} ({due}), turn {promise.place.turn + 1}"


def _course(course: Course) -> list[str]:
    turned = {one.turn: one for one in course.turning_points}
    felt = [f"turn {f.turn + 1}: {f.value:+.2f}  {f.why}" for f in course.feelings if f.evidence]
    points = [
        f"turned in turn {n + 1}. {one.why} Before: {_acts(one)}" for n, one in turned.items()
    ]
    return felt + points + [f"risk now: {r.value:.2f}  {r.why}" for r in course.risks[-1:]]


def _acts(turned: TurningPoint) -> str:
    return ", ".join(turned.acts) or "nothing marked" if turned.before is not None else "no reply"


def _short(said: str, most: int = 70) -> str:
    line = " ".join(said.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def line(source: str, reading: Reading, remarks: Sequence[Remark] = ()) -> str:
    """The reading as one JSON object on one line, as docs/reading.schema.json describes it."""
    whole = {
        "version": VERSION,
        "source": source,
        "remarks": [{"says": r.says, "line": r.line, "turn": r.turn} for r in remarks],
        "turns": [
            _turn(turn, signs) for turn, signs in zip(reading.turns, reading.signs, strict=True)
        ],
        "asks": [_ask_object(ask) for ask in reading.asks],
        "commitments": [_commitment_object(promise) for promise in reading.commitments],
        "links": [_link(link) for link in reading.links],
        "measures": [
            {"name": m.name, "value": round(m.value, 4), "unit": m.unit, "source": m.source}
            for m in reading.measures
        ],
        "skills": [
            {
                "name": s.name,
                "score": s.score,
                "why": s.why,
                "evidence": [_place(p) for p in s.evidence],
            }
            for s in reading.skills
        ],
        "course": asdict(reading.course),
    }
    return json.dumps(whole, ensure_ascii=False, allow_nan=False)


def _turn(turn: Turn, signs: tuple[Sign, ...]) -> dict[str, Any]:
    return {
        "speaker": turn.speaker,
        "name": turn.name,
        "text": turn.text,
        "at": turn.at.isoformat() if turn.at else None,
        "start": turn.start,
        "end": turn.end,
        "channel": turn.channel,
        "lang": turn.lang,
        "zone": turn.zone,
        "signs": [
            {
                "kind": s.kind,
                "start": s.start,
                "end": s.end,
                "score": round(s.score, 4),
                "why": s.why,
            }
            for s in signs
        ],
    }


def _place(place: Place) -> dict[str, int]:
    return {"turn": place.turn, "start": place.start, "end": place.end}


def _ask_object(ask: Ask) -> dict[str, Any]:
    return {
        **_place(ask.place),
        "text": ask.text,
        "state": ask.state,
        "answered_by": _place(ask.answered_by) if ask.answered_by else None,
        "coverage": ask.coverage or None,
        "score": round(ask.score, 4),
        "why": ask.why,
    }


def _commitment_object(promise: Commitment) -> dict[str, Any]:
    return {
        **_place(promise.place),
        "text": promise.text,
        "what": promise.what,
        "who": promise.who,
        "due": promise.due.isoformat() if promise.due else None,
        "when": promise.when,
        "score": round(promise.score, 4),
        "why": promise.why,
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "kind": link.kind,
        "source": _place(link.source),
        "target": _place(link.target),
        "coverage": link.coverage or None,
        "score": round(link.score, 4),
        "why": link.why,
    }
