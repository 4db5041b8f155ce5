"""A week's working hours as people write and read them: «Mon to Fri 9:00–17:00»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from heard.accounts.hours import DAY, Span, Week
from heard.refusal import Refusal

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEVERAL = {
    "every day": range(7),
    "daily": range(7),
    "weekdays": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST = 2000
# Where the days of a line end and its times begin.
_LINE = re.compile(r"(?P<days>[^\d]*?)[\s:]*(?P<times>\d.*|closed|all day|day and night)", re.I)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.I)
_DASH = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b)\s*", re.I)
_AND = re.compile(r"\s*(?:,|;|&|\+|\band\b)\s*", re.I)


def parsed(text: str) -> Week:
    """The week that these lines tell of; days they do not name are closed.

    Refusal, field "week", naming the line that can't be read, or if nothing is ever open.
    """
    if len(text) > LONGEST:
        raise _refused(
            _("These hours are longer than a page. One line for each kind of day will do.")
        )
    days: list[list[Span]] = [[] for _day in DAYS]
    for line in filter(None, map(str.strip, text.splitlines())):
        named, spans = _read(line)
        for number in named:
            days[number].extend(spans)
    if not any(days):
        raise _refused(
            _("Nothing is open in this week. Write a line such as «Mon to Fri 9:00–17:00».")
        )
    return tuple(tuple(sorted(set(spans))) for spans in days)


def written(week: Week) -> str:
    """A line for each run of days with the same hours; closed days are left out."""
    return "\n".join(_lines(week))


def _lines(week: Week) -> Iterator[str]:
    numbered = groupby(enumerate(week), key=lambda pair: pair[1])
    for spans, run in numbered:
        numbers = [number for number, _spans in run]
        if spans:
            times = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in spans)
            yield f"{_named(numbers[0], numbers[-1])} {times}"


def _named(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return "Every day"
    return SHORT[first] if first == last else f"{SHORT[first]} to {SHORT[last]}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _read(line: str) -> tuple[list[int], list[Span]]:
    found = _LINE.fullmatch(line)
    if not found:
        raise _refused(_("«%s» names no times. Write it as «Mon to Fri 9:00–17:00».") % _cut(line))
    numbers = [n for words in _AND.split(found["days"].strip(" :")) for n in _numbers(words, line)]
    return numbers, list(_spans(found["times"], line))


def _numbers(words: str, line: str) -> Iterator[int]:
    words = words.lower().strip()
    if words in SEVERAL:
        yield from SEVERAL[words]
        return
    ends = [_number(word, line) for word in _DASH.split(words)]
    if len(ends) > 2:
        raise _refused(_("In «%s» it is not clear which days are meant.") % _cut(line))
    # Sat to Mon goes over the end of the week.
    yield from ((ends[0] + n) % 7 for n in range((ends[-1] - ends[0]) % 7 + 1))


def _number(word: str, line: str) -> int:
    word = word.strip(" .")
    fits = [n for n, day in enumerate(DAYS) if len(word) >= 2 and day.startswith(word)]
    if len(fits) != 1:
        says = (
            _("In «%(line)s», «%(word)s» is no day of the week.")
            if word
            else _("«%(line)s» names no days. Begin it with them, as in «Mon to Fri 9:00–17:00».")
        )
        raise _refused(says % {"line": _cut(line), "word": _cut(word)})
    return fits[0]


def _spans(words: str, line: str) -> Iterator[Span]:
    words = words.lower().strip(" .")
    if words == "closed":
        return
    if words in ("all day", "day and night"):
        yield 0, DAY
        return
    for span in _AND.split(words):
        ends = [_minutes(end, line) for end in _DASH.split(span.strip())]
        if len(ends) != 2 or ends[0] == ends[1] or ends[0] == DAY:
            raise _refused(
                _("In «%(line)s», «%(word)s» is no time from and until, as 9:00–17:00 is.")
                % {"line": _cut(line), "word": _cut(span)}
            )
        yield ends[0], ends[1]


def _minutes(word: str, line: str) -> int:
    found = _TIME.fullmatch(word.strip())
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if minute < 60 and hour * 60 + minute <= DAY:
            return hour * 60 + minute
    says = _("In «%(line)s», «%(word)s» is no time of day.")
    raise _refused(says % {"line": _cut(line), "word": _cut(word)})


def _cut(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"


def _refused(says: str) -> Refusal:
    return Refusal(says, code="hours", field="week")
