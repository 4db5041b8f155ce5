"""When a promise falls due: "by Friday", "within two working days", "tomorrow morning".

The rules give the latest moment that still keeps the promise, in the zone in which it was meant.
A day without an hour lasts until its last minute; vague words ("soon", "in a few days") give
nothing, because a guess would call people late who are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from heard.listening.grammar import Times
from heard.listening.passage import Passage
from heard.listening.times import LAST, Found

# A clock or a part of the day belongs to a day named this near to it.
_NEAR = 25


@dataclass(frozen=True, slots=True)
class Due:
    """The words that name a time, with their offsets, and the moment; None without a sent time."""

    at: datetime | None
    start: int
    end: int


def find(passage: Passage, start: int, end: int) -> Due | None:
    """Find the first time that is named in a passage between two offsets.

    Naive times are meant in the turn's zone, and an unknown zone counts as UTC. The moment is
    None when nobody knows when the words were said.
    """
    said, zone = passage.turn.at, passage.turn.zone
    now = local(said, zone) if said else datetime(2001, 1, 1, 9, tzinfo=ZoneInfo("UTC"))
    try:
        found = _first(passage.grammar.times, passage.folded, start, end, now)
    except OverflowError:  # said in the year 9999: no date lies behind it
        return None
    if found is None:
        return None
    return Due(_moment(found, now) if said else None, found.start, found.end)


def local(moment: datetime, zone: str) -> datetime:
    """The moment on the clock of a zone."""
    there = _zone(zone)
    return moment.astimezone(there) if moment.tzinfo else moment.replace(tzinfo=there)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # what tzdata raises differs by what is wrong
        return ZoneInfo("UTC")


def _first(words: Times, text: str, start: int, end: int, now: datetime) -> Found | None:
    """The earliest expression, joined with the hour or part of the day beside it."""
    if not words.any.search(text, start, end):
        return None
    days = [f for finder in words.days for f in finder(text, start, end, now)]
    hours = [f for finder in words.hours for f in finder(text, start, end)]
    if not days:
        return min(hours, key=_position, default=None)
    day = min(days, key=_position)
    if day.hour is not None or day.exact is not None:
        return day
    for hour in hours:
        if hour.start - day.end < _NEAR and day.start - hour.end < _NEAR:
            return Found(
                min(day.start, hour.start), max(day.end, hour.end), day.day, hour.hour, day.exact
            )
    return day


def _position(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _moment(found: Found, now: datetime) -> datetime:
    if found.exact:
        return found.exact
    day = found.day
    hour = found.hour or LAST
    if day is None:
        passed = hour <= now.timetz().replace(tzinfo=None)
        day = now.date() + timedelta(days=1 if passed else 0)
    return datetime.combine(day, hour, tzinfo=now.tzinfo)
