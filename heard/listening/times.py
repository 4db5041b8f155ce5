"""Times that words name, and the calendar's arithmetic that every language shares.

A language's finders (`grammar/<lang>/times.py`) take folded text, two offsets and, for days, the
present moment on the writer's clock, and yield what they find with the place of the words.
`due.py` joins a day with its hour.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LAST = time(23, 59)
CLOSE = time(18, 0)


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression: a day (None for "5 pm" alone), an hour (None for a whole day), offsets."""

    start: int
    end: int
    day: date | None
    hour: time | None
    exact: datetime | None = None


def working_days(day: date, count: int) -> date:
    """The day that lies a number of working days (Monday to Friday) after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def friday(day: date, later: int) -> date:
    """The Friday of this week; at a weekend the coming one. `later` weeks further."""
    return day + timedelta(days=(4 - day.weekday()) % 7 + 7 * later)


def month_end(day: date, later: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def next_such_day(wanted: int, today: date) -> date | None:
    for later in range(3):
        last = month_end(today, later)
        if wanted <= last.day and (day := last.replace(day=wanted)) >= today:
            return day
    return None


def on_weekday(wanted: int, today: date, *, next_week: bool, maybe_today: bool) -> date:
    """The weekday (Monday is 0) that is meant, in the coming days or in the next week."""
    if next_week:
        return today + timedelta(days=7 - today.weekday() + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if maybe_today else 7))
