"""Working hours: when a calendar is open, and arithmetic in open time. Pure: no Django.

Open is what the clock on the wall says: an hour that comes twice in autumn counts twice, one that
is skipped in spring does not count, and a day that a zone leaves out was never open. A holiday
closes its whole day, midnight to midnight. Time is measured as it passes, not as clocks show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, groupby, pairwise
from operator import itemgetter
from zoneinfo import ZoneInfo

Span = tuple[int, int]
"""Minutes after midnight, from and until. Until ≤ from means until then on the next day."""
Week = tuple[tuple[Span, ...], ...]
"""The spans of each day, Monday first."""
Stretch = tuple[datetime, datetime]
"""Open from and until, in UTC."""
Day = tuple[bool, tuple[Stretch, ...]]
"""Whether clocks change on a day or near it, and what is open on it."""

DAY = 24 * 60
# No office is closed for longer, and no term lies further ahead.
HORIZON = timedelta(days=3660)
# What stays open for so long has no closing that anybody waits for.
LONG = timedelta(days=60)
NOTHING = timedelta()
ONE = timedelta(days=1)


class NeverOpen(ValueError):
    """These hours do not open soon enough for what was asked; the horizon is ten years."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of a week in a zone, and the days that are left out.

    week: seven tuples of spans, Monday first; ValueError for any other number, or for minutes
    outside of a day. Spans may touch and overlap.
    """

    zone: ZoneInfo
    week: Week
    holidays: frozenset[date] = frozenset()
    _days: Week = field(init=False, repr=False, compare=False)
    # What was worked out for a day: the same few weeks are asked for again and again.
    _known: dict[date, Day] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_days", _cut_at_midnight(self.week))
        object.__setattr__(self, "_known", {})

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at this moment; closed from the minute named as its end."""
        local = at.astimezone(self.zone)
        passed = local.hour * 60 + local.minute
        return any(start <= passed < end for start, end in self._spans(local.date()))

    def next_opening(self, at: datetime) -> datetime:
        """This moment when open, otherwise the first moment that is; NeverOpen beyond ten years."""
        for start, _end in self._stretches(at, at + HORIZON):
            return start
        raise NeverOpen("These hours never open.")

    def closes(self, at: datetime) -> datetime | None:
        """When the stretch that is open at this moment ends; None if closed, or open for weeks."""
        ends = None
        until = at + LONG
        for start, end in self._stretches(at, until):
            if start > (ends or at):
                return ends
            ends = end
        return ends if ends != until else None

    def add(self, start: datetime, worked: timedelta) -> datetime:
        """The first moment at which this much open time has passed since start.

        Nothing added is the start itself, open or not. ValueError for less than nothing;
        NeverOpen when it lies more than ten years ahead.
        """
        if worked < NOTHING:
            raise ValueError("Open time can't be taken back")
        left = worked
        if not left:
            return start
        for begins, ends in self._stretches(start, start + HORIZON):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise NeverOpen("These hours do not leave enough time within ten years.")

    def between(self, a: datetime, b: datetime) -> timedelta:
        """How much open time passes from a to b; less than nothing when b comes first."""
        if b < a:
            return -self.between(b, a)
        stretches = self._stretches(a, b)
        return sum((end - start for start, end in stretches), NOTHING)

    def last_open(self, a: datetime, b: datetime) -> datetime | None:
        """Until when between two moments it is open last: the second one if it is then, or None."""
        return max((end for _start, end in self._stretches(a, b)), default=None)

    def _stretches(self, a: datetime, b: datetime) -> Iterator[Stretch]:
        """What is open from a until b, in order; stretches may touch and never overlap."""
        a, b = a.astimezone(UTC), b.astimezone(UTC)
        # Clocks that go back over midnight bring a date again.
        first = _day_after(a.astimezone(self.zone).date(), -1)
        last = _day_after(b.astimezone(self.zone).date(), 1)
        for changing, near in groupby(map(self._day, _days(first, last)), itemgetter(0)):
            found = chain.from_iterable(stretches for _changing, stretches in near)
            # There, two days' pieces alternate.
            for start, end in sorted(found) if changing else found:
                if end > a and start < b:
                    yield max(start, a), min(end, b)

    def _day(self, day: date) -> Day:
        known = self._known.get(day)
        if known is None:
            changes = len(_regimes(self.zone, day)) > 1
            known = self._known[day] = (changes, tuple(self._open_on(day)))
        return known

    def _open_on(self, day: date) -> Iterator[Stretch]:
        """What is open on a day of the zone's own calendar."""
        spans = self._spans(day)
        if not spans:
            return
        midnight = datetime.combine(day, time(), UTC)
        for offset, since, until in _regimes(self.zone, day):
            for start, end in spans:
                begins = max(midnight + timedelta(minutes=start) - offset, since)
                ends = min(midnight + timedelta(minutes=end) - offset, until)
                if begins < ends:
                    yield begins, ends

    def _spans(self, day: date) -> tuple[Span, ...]:
        return () if day in self.holidays else self._days[day.weekday()]


def always(zone: str = "UTC") -> Hours:
    """Open day and night: what counts where nobody has set working hours."""
    return Hours(ZoneInfo(zone), (((0, DAY),),) * 7)


def _cut_at_midnight(week: Week) -> Week:
    """The same hours with each day's own part, in order and without overlap."""
    if len(week) != 7:
        raise ValueError(f"A week has seven days, not {len(week)}")
    days: list[list[Span]] = [[] for _ in week]
    for number, spans in enumerate(week):
        for start, end in spans:
            if not (0 <= start < DAY and 0 <= end <= DAY):
                raise ValueError(f"{start} to {end} are no minutes of a day")
            over = end <= start
            days[number].append((start, DAY if over else end))
            if over and end:
                days[(number + 1) % 7].append((0, end))
    return tuple(_united(spans) for spans in days)


def _united(spans: list[Span]) -> tuple[Span, ...]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


@lru_cache(maxsize=4096)
def _regimes(zone: ZoneInfo, day: date) -> tuple[tuple[timedelta, datetime, datetime], ...]:
    """The zone's offsets from UTC around a day, each with when it begins and ends to hold.

    Nearly always one; two where clocks change.
    """
    # Far enough on both sides to see a change on whichever side of midnight it is written.
    first = datetime.combine(day, time(), UTC) - 2 * ONE
    moments = [first + number * ONE / 2 for number in range(9)]
    changes = [
        _change(zone, before, after)
        for before, after in pairwise(moments)
        if _offset(zone, before) != _offset(zone, after)
    ]
    edges = [first, *changes, moments[-1]]
    return tuple((_offset(zone, since), since, until) for since, until in pairwise(edges))


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which the offset becomes what it is afterwards."""
    low, high = int(before.timestamp()), int(after.timestamp())
    wanted = _offset(zone, after)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, datetime.fromtimestamp(middle, UTC)) == wanted:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or NOTHING


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _day_after(day: date, days: int) -> date:
    """So many days later, and no later than the calendar's own ends."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
