"""The course of feeling as the conversation's page draws it: points, turning points, the risk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.listening.families import label_of

# The drawing's inner box, in the units of its viewBox.
LEFT, RIGHT, MIDDLE, HALF = 8.0, 256.0, 42.0, 28.0
# From which risk on a level is spoken of.
LEVELS = ((0.5, "high", _("high")), (0.25, "raised", _("raised")), (0.0, "low", _("low")))
ACTS = 4
# Every letter greets; these say what went before only where nothing else does.
PLAIN = ("courtesy", "name", "thanks")


@dataclass(frozen=True, slots=True)
class Point:
    """One of the customer's letters: where it is drawn and what it says."""

    message_id: int
    x: float
    y: float
    value: float
    felt: str
    words: str
    risk: float
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """A letter where the feeling turned, and the acts of the reply before it in words."""

    message_id: int
    better: bool
    felt: str
    before: int | None
    acts: str
    why: str


@dataclass(frozen=True, slots=True)
class Risk:
    """How likely it is that this escalates, as of the last letter."""

    value: float = 0.0
    level: str = "low"
    says: str | Promise = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """All of it; empty where nothing was felt and nothing threatens."""

    points: tuple[Point, ...] = ()
    turned: dict[int, Turned] = field(default_factory=dict)
    risk: Risk = field(default_factory=Risk)
    line: str = ""


def drawn(kept: dict[str, Any]) -> Course:
    """The course from what a reading keeps of it; {} gives an empty one."""
    risks = {one["message_id"]: one for one in kept.get("risks", ())}
    turning = {one["message_id"]: one for one in kept.get("turning_points", ())}
    points = tuple(_points(kept.get("feelings", ()), risks, turning))
    risk = _risk(kept.get("risks", ()))
    felt = {point.message_id: point for point in points if point.felt}
    if not felt and risk.level == "low":
        return Course()
    line = " ".join(f"{point.x:g},{point.y:g}" for point in felt.values())
    turned = {pk: _turned(one, felt[pk]) for pk, one in turning.items() if pk in felt}
    return Course(points=points, turned=turned, risk=risk, line=line)


def _points(
    feelings: Sequence[dict[str, Any]],
    risks: dict[int, dict[str, Any]],
    turning: dict[int, dict[str, Any]],
) -> Iterator[Point]:
    step = (RIGHT - LEFT) / max(1, len(feelings) - 1)
    for number, one in enumerate(feelings):
        pk = one["message_id"]
        x = LEFT + number * step if len(feelings) > 1 else (LEFT + RIGHT) / 2
        yield Point(
            message_id=pk,
            x=round(x, 1),
            y=round(MIDDLE - HALF * one["value"], 1),
            value=one["value"],
            felt=_names(one["names"]),
            words=" … ".join(place.get("words", "") for place in one["evidence"][:2]),
            risk=risks.get(pk, {}).get("value", 0.0),
            turned=pk in turning,
        )


def _turned(one: dict[str, Any], point: Point) -> Turned:
    telling = [kind for kind in one["acts"] if kind not in PLAIN] or one["acts"]
    labels = dict.fromkeys(label_of(kind).lower() for kind in telling)
    return Turned(
        message_id=point.message_id,
        better=one["change"] > 0,
        felt=point.felt,
        before=one["before"],
        acts=", ".join(list(labels)[:ACTS]),
        why=one["why"],
    )


def _names(kinds: Sequence[str]) -> str:
    """The feelings of a letter in words, the weightiest two."""
    return " and ".join(kinds[:2])


def _risk(risks: Sequence[dict[str, Any]]) -> Risk:
    if not risks:
        return Risk()
    value = risks[-1]["value"]
    level, says = next((name, says) for least, name, says in LEVELS if value >= least)
    return Risk(value=value, level=level, says=says, why=risks[-1]["why"])
