"""When a letter leaves: times that people choose by their own clock or the customer's.

A choice is kept as it was said, «2026-03-29T09:00 in Europe/Lisbon», beside the moment it means,
so that nine o'clock stays nine o'clock whatever the clocks do in between. Pure: no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from heard.refusal import Refusal

MINUTES = "%Y-%m-%dT%H:%M"
LONGEST = timedelta(days=366)
MORNING, AFTERNOON = time(9), time(14)
# An hour from now is meant roughly: a time one can say.
STEP = timedelta(minutes=5)
NEVER = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """When a letter leaves. `said` and `zone` are empty where no clock was chosen.

    anyway: also when the customer writes before.
    """

    at: datetime
    said: str = ""
    zone: str = ""
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A time to choose: its words («Tomorrow morning») and the clock time they mean."""

    words: str
    said: str
    at: datetime


def soon(now: datetime, seconds: int) -> Leaving | None:
    """A letter sent now that can be called back for so many seconds; None when it leaves at once.

    It was sent, so it leaves whoever else writes meanwhile.
    """
    return Leaving(at=now + timedelta(seconds=seconds), anyway=True) if seconds else None


def chosen(said: str, zone: str, now: datetime, *, anyway: bool = False) -> Leaving:
    """A letter that leaves when the clock in this zone shows this time.

    Raises Refusal (code "time") for a time that has passed, lies more than a year ahead, or that
    the clock there shows twice or never.
    """
    at = moment(said, zone)
    refuse_far(at, now)
    return Leaving(at=at, said=said[:16], zone=zone, anyway=anyway)


def refuse_far(at: datetime, now: datetime) -> None:
    """Raise Refusal (code "time") for a moment that has passed or lies more than a year ahead."""
    if at <= now:
        raise _refusal("That time has passed. Choose a later one, or send the letter now.")
    if at - now > LONGEST:
        raise _refusal("A letter can wait for a year at most. Choose an earlier time.")


def moment(said: str, zone: str) -> datetime:
    """The moment at which the clock in this zone shows «2026-03-29T09:00», in UTC.

    Raises Refusal where it does not, or does so twice.
    """
    place = _zone(zone)
    wall = _wall(said)
    first, second = (_utc(wall.replace(tzinfo=place, fold=fold)) for fold in (0, 1))
    if first.astimezone(place).replace(tzinfo=None) != wall:
        raise _refusal(
            f"The clocks in {place_name(zone)} are put forward then: {wall:%H:%M} does not come"
            f" on {_day(wall)}. Choose another time."
        )
    if first != second:
        raise _refusal(
            f"The clocks in {place_name(zone)} are put back then: {wall:%H:%M} comes twice on"
            f" {_day(wall)}. Choose a time before or after that hour."
        )
    return first


def choices(now: datetime, zone: str) -> list[Choice]:
    """What people choose most, by the clock of this zone; times that are none are left out."""
    return list(_without_twins(_offered(now, zone)))


def place_name(zone: str) -> str:
    """How a zone is called: «Lisbon»."""
    return zone.rpartition("/")[2].replace("_", " ")


def zone_of(named: str) -> str:
    """The zone by this name, or the office's where there is none any more."""
    try:
        return str(ZoneInfo(named)) if named else settings.TIME_ZONE
    except (KeyError, OSError, ValueError):
        return settings.TIME_ZONE


def said_at(at: datetime, zone: str) -> str:
    """What the clock of this zone shows at a moment, as a form's date and time are written."""
    return at.astimezone(_zone(zone)).strftime(MINUTES)


def _offered(now: datetime, zone: str) -> Iterator[Choice]:
    local = now.astimezone(_zone(zone))
    today = local.date()
    if (local + timedelta(hours=1)).date() == today:
        yield from _choice("In an hour", said_at(_rounded(now + timedelta(hours=1)), zone), zone)
    if local.time() < time(13):
        yield from _choice("This afternoon", _at(today, AFTERNOON), zone)
    yield from _choice("Tomorrow morning", _at(today + timedelta(days=1), MORNING), zone)
    yield from _choice("Tomorrow afternoon", _at(today + timedelta(days=1), AFTERNOON), zone)
    monday = today + timedelta(days=7 - today.weekday())
    yield from _choice("Monday morning", _at(monday, MORNING), zone)


def _choice(words: str, said: str, zone: str) -> Iterator[Choice]:
    try:
        yield Choice(words, said, moment(said, zone))
    except Refusal:
        return


def _without_twins(offered: Iterator[Choice]) -> Iterator[Choice]:
    known: set[datetime] = set()
    for choice in offered:
        if choice.at not in known:
            yield choice
        known.add(choice.at)


def _rounded(at: datetime) -> datetime:
    over = (at - datetime(2000, 1, 1, tzinfo=UTC)) % STEP
    return at - over + (STEP if over > NEVER else NEVER)


def _at(day: date, clock: time) -> str:
    return datetime.combine(day, clock).strftime(MINUTES)


def _utc(local: datetime) -> datetime:
    return local.astimezone(UTC)


def _wall(said: str) -> datetime:
    try:
        return datetime.strptime(said[:16], MINUTES)
    except ValueError:
        raise _refusal("This is no date and time. Choose a day and an hour.") from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        # Not found is a KeyError; names such as "a/../b" raise the others.
        raise _refusal("There is no such time zone.") from None


def _day(wall: datetime) -> str:
    return f"{wall.day} {wall:%B}"


def _refusal(says: str) -> Refusal:
    return Refusal(says, code="time", field="leaves_at")
