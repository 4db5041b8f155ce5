"""Reading days off out of an iCalendar file (RFC 5545), whoever made it and however badly.

What can't be read is named and left out; the rest is found all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from heard.channels.email.charset import scrub, undirected
from heard.refusal import Refusal

if TYPE_CHECKING:
    from dateutil.rrule import rrule

# A country's holidays of ten years are a few hundred events in some fifty kilobytes.
LARGEST = 1_000_000
MOST_EVENTS = 2000
MOST_TIMES = 100
MOST_TOLD = 20
LONGEST = timedelta(days=366)
PATIENCE_SECONDS = 4.0
ONE = timedelta(days=1)
OFTEN = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# dateutil looks for a day that never comes, such as 30 February, until the year 9999: 11 seconds
# for one rule. The calendar repeats every 400 years, so rules are followed where that end is near.
SHIFT = 19 * 400


@dataclass(frozen=True, slots=True, order=True)
class DayOff:
    """A day, or several in a row, on which nobody works."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """The days off of a file, in order, and a sentence for each event that was left out."""

    days: tuple[DayOff, ...] = ()
    left_out: tuple[str, ...] = ()


class Unfit(Exception):
    """An event is no day off that could be understood; the words say why, after its name."""


@dataclass(slots=True)
class Reading:
    """One file while it is read."""

    since: date
    until: date
    days: set[DayOff] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)

    def take(self, event: Any, moved: frozenset[date]) -> None:
        """Add the days of an event, but those that other events of its series stand for."""
        try:
            self.days.update(_days_off(event, moved, self.since, self.until))
        except Unfit as unfit:
            self.left_out.append(f"«{_name(event)}» {unfit}")


def read(content: bytes, since: date, until: date) -> Found:
    """The days off between two dates, both included.

    Refusal, field "file", when it is no calendar, larger than a megabyte or beyond all measure.
    """
    reading = Reading(since, until)
    events = _events(content)
    moved = _moved(events)
    ends = monotonic() + PATIENCE_SECONDS
    for event in events:
        if monotonic() > ends:
            raise _refused(
                _("The rules in this file take too long to follow. Nothing was imported.")
            )
        reading.take(event, moved.get(_uid(event), frozenset()))
    return Found(tuple(sorted(reading.days)), _told(reading.left_out))


def _events(content: bytes) -> list[Any]:
    from icalendar import Calendar

    if len(content) > LARGEST:
        raise _refused(_("This file is larger than a megabyte, which no list of holidays is."))
    if content.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise _refused(
            _("This file has more than 2,000 events. Choose a calendar of holidays alone.")
        )
    try:
        calendar = Calendar.from_ical(content.decode("utf-8-sig", "replace"))
        events = calendar.walk("VEVENT")
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        # The library raises all of these on damaged calendars.
        raise _refused(_("This file is no calendar that can be read (iCal, .ics).")) from error
    if not events:
        raise _refused(_("This calendar has no events in it."))
    return list(events)


def _moved(events: list[Any]) -> dict[str, frozenset[date]]:
    """By series, the dates that an event of its own stands for."""
    moved: dict[str, set[date]] = {}
    for event in events:
        with suppress(Unfit):  # it is named when its turn comes
            if (stands_for := _value(event, "RECURRENCE-ID")) is not None:
                moved.setdefault(_uid(event), set()).add(_date(stands_for))
    return {uid: frozenset(dates) for uid, dates in moved.items()}


def _days_off(event: Any, moved: frozenset[date], since: date, until: date) -> Iterator[DayOff]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    _value(event, "RECURRENCE-ID")
    first, lasts = _extent(event)
    for begins in _times(event, first, since - lasts, until):
        stands = "RECURRENCE-ID" in event or begins not in moved
        if stands and begins <= until and begins + lasts > since:
            yield DayOff(begins, begins + lasts - ONE, _name(event))


def _extent(event: Any) -> tuple[date, timedelta]:
    """The first day and for how long; Unfit when it is not made of whole days."""
    starts, ends = _value(event, "DTSTART"), _value(event, "DTEND")
    if starts is None:
        raise Unfit(_("has no day on which it begins, so it was left out."))
    if ends is None:
        ends = starts + (_value(event, "DURATION") or ONE)
    if _has_time(starts) or _has_time(ends):
        raise Unfit(_("is an appointment with a time of day, so it was left out."))
    lasts = max(_date(ends) - _date(starts), ONE)
    if lasts > LONGEST:
        raise Unfit(_("lasts longer than a year, so it was left out."))
    return _date(starts), lasts


def _has_time(at: date) -> bool:
    """Whether it is not a whole day. Some programs write those from midnight to midnight."""
    return isinstance(at, datetime) and at.time() != time()


def _times(event: Any, first: date, since: date, until: date) -> list[date]:
    """The days between two dates on which an event begins."""
    _refuse_damaged(event)
    rules = event.get("RRULE", [])
    times = {first, *_listed(event, "RDATE")}
    for one in rules if isinstance(rules, list) else [rules]:
        times.update(_follow(one, first, since, until))
    return sorted(times - set(_listed(event, "EXDATE")))


def _refuse_damaged(event: Any) -> None:
    """A repetition of which a part is missing would close the wrong days."""
    if {name for name, _says in event.errors} & {"RRULE", "RDATE", "EXDATE"}:
        raise Unfit(_("repeats by a rule that can't be read, so it was left out."))


def _follow(recurrence: Any, first: date, since: date, until: date) -> list[date]:
    if not first.year >= 1900 or first.year > until.year:
        raise Unfit(_("begins in a year far from ours, so it was left out."))
    found: list[date] = []
    for at in _rule(recurrence, first).xafter(_shifted(since), inc=True):
        if at > _shifted(until):
            break
        found.append(at.replace(year=at.year - SHIFT).date())
        if len(found) > MOST_TIMES:
            raise Unfit(_("repeats more than a hundred times in two years, so it was left out."))
    return found


def _rule(recurrence: Any, first: date) -> rrule:
    """The rule as dateutil follows it, 7,600 years from now; Unfit when it is none."""
    from dateutil.rrule import rrulestr

    try:
        if str(recurrence["FREQ"][0]).upper() not in OFTEN:
            raise Unfit(_("repeats more often than daily, so it was left out."))
        ends = recurrence.get("UNTIL")
        parts = {name: recurrence[name] for name in recurrence if name != "UNTIL"}
        text = type(recurrence)(parts).to_ical().decode()
        rule = cast("rrule", rrulestr(text, dtstart=_shifted(first)))
        return rule.replace(until=_shifted(_date(ends[0]))) if ends else rule
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Unfit(_("repeats by a rule that can't be read, so it was left out.")) from error


def _listed(event: Any, name: str) -> Iterator[date]:
    """The dates of a property that may stand there several times, each with several dates."""
    given = event.get(name, [])
    for one in given if isinstance(given, list) else [given]:
        for each in getattr(one, "dts", ()):
            # A period has two ends; it begins at the first.
            at = each.dt[0] if isinstance(each.dt, tuple) else each.dt
            yield _date(at)


def _value(event: Any, name: str) -> Any:
    """The date, time or length of a property, None without it; Unfit when it is damaged."""
    try:
        return event[name].dt if name in event else None
    except (ValueError, TypeError, AttributeError) as error:
        raise Unfit(_("has a date that can't be read, so it was left out.")) from error


def _date(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _shifted(day: date) -> datetime:
    return datetime(day.year + SHIFT, day.month, day.day)


def _uid(event: Any) -> str:
    return str(event.get("UID", id(event)))


def _name(event: Any) -> str:
    return undirected(scrub(str(event.get("SUMMARY", "")))).strip()[:80] or _("Day off")


def _told(sentences: list[str]) -> tuple[str, ...]:
    more = len(sentences) - MOST_TOLD
    told = sentences[:MOST_TOLD]
    return (*told, _("%d more events were left out.") % more) if more > 0 else tuple(told)


def _refused(says: str) -> Refusal:
    return Refusal(says, code="calendar", field="file")
