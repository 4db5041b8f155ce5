"""Words that name a time in English: "by Friday", "within two days", "at half past five"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from heard.listening.grammar import Times
from heard.listening.times import (
    CLOSE,
    LAST,
    Found,
    friday,
    month_end,
    next_such_day,
    on_weekday,
    working_days,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_COUNT = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS: dict[str, float] = dict(zip(_COUNT.split(), range(13), strict=True)) | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "a couple of": 2,
    "half an": 0.5,
}
_PARTS = {
    "morning": time(12, 0),
    "lunchtime": time(13, 0),
    "lunch": time(13, 0),
    "noon": time(12, 0),
    "midday": time(12, 0),
    "afternoon": CLOSE,
    "evening": time(22, 0),
    "night": LAST,
    "midnight": LAST,
}
_N = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of"
    r"|couple of|an?|half an)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_BY = r"(?:no later than|by|on|at|before|until|till|within|in|this|for|the|,)"

_DURATION = re.compile(
    rf"\b(?:within|in|over|for|under|takes?|allow|expect)(?: up to| about| around| approximately"
    rf"| roughly| at most)?"
    rf"(?: the)?(?: next| coming| following)? (?:{_N}(?: ?(?:-|–|to|or) ?))?(?P<n>{_N}) ?"
    r"(?P<unit>(?:working|business|week) ?days?|workdays?|days?|hours?|hrs?|minutes?|mins?"
    r"|weeks?|fortnights?|months?)"
    r"(?:' time)?\b(?! (?:ago|of (?:purchase|delivery|receipt|the)|since|earlier))"
)
_THE_UNIT = re.compile(r"\bwithin the (?P<unit>hour|day|week|month)\b")
_END = re.compile(
    r"\b(?:by |at |before )?(?:the )?(?:end|close|back end) of (?:the |this |my "
    r"|our )?(?P<next>next )?"
    r"(?P<unit>(?:working |business )?day|business|play|today|tomorrow|week|month)\b"
    r"|\b(?P<short>eod|cob|eow)\b"
)
_SHORT_ENDS = {"eod": "day", "cob": "day", "eow": "week"}
_WHOLE = re.compile(
    r"\b(?:(?:early|later?|mid|some ?time) )?(?P<which>this|next|the) (?P<unit>week(?:end)?"
    r"|month)\b(?! (?:day|of|in))"
)
_DAY = re.compile(
    rf"\b(?:{_BY} ?)?(?:(?P<near>today|tonight|the day after tomorrow|tomorrow)"
    r"|(?P<which>this |next |coming |the following )?(?P<weekday>monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday)"
    r"|(?<=by )(?P<by>mon|tues?|thurs?|thur|fri)|(?<=on )(?P<on>mon|tues?|thurs?|thur|fri))\b(?!s)"
)
_NOT_DUE = re.compile(r"\b(?:last|since|every|each|from|previous|past|after|of|not) \Z")
_DATE = re.compile(
    rf"\b(?:{_BY} )?(?:the )?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? \d{{4}}\b)?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?|\d{{4}}-\d{{2}}-\d{{2}}\b)"
)
_ORDINAL = re.compile(
    r"\b(?:by|on|before) the (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\b(?! (?:of|floor|time|blade"
    r"|line))"
)
_CLOCK = re.compile(
    r"\b(?:(?:by|at|before|until|around|about|no later than) )?(?P<hour>[01]?\d|2[0-3])"
    r"(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>am\b|pm\b|a\.m\.?|p\.m\.?|o'clock)"
    r"|\b(?:(?:by|at|before|until) )(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b"
)
_HOUR_WORD = r"(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SPOKEN = re.compile(
    rf"\b(?:by|at|before) (?P<part>half past|quarter past|quarter to)? ?{_HOUR_WORD}\b"
    r"(?=\s*(?:[.,;:!?)]|\Z|(?:in|when|to|tomorrow|today|on|and|sharp|this|with|at|so|or)\b))"
)
_PART = re.compile(
    r"\b(?:(?:by|at|before|in|this|the|first thing in the|later this|early|late) ){0,2}"
    r"(?P<part>morning|lunchtime|noon|midday|afternoon|evening|night|midnight)\b"
)
# One of these is in every expression; most promises name no time and are done with here.
_ANY = re.compile(
    r"\d|day|morrow|night|week|month|hour|hr|min|noon|morning|lunch|evening|eod|cob|eow"
    r"|\b(?:at|by|before) |\bon (?:mon|tue|thu|fri)|o'clock|business|play"
)
_GREETING = re.compile(r"\b(?:good|lovely|nice|your|yesterday|last) \Z")


def _durations(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    for match in _DURATION.finditer(text, start, end):
        count = float(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"]]
        yield _after(match, count, match["unit"], now)
    for match in _THE_UNIT.finditer(text, start, end):
        yield _after(match, 1, match["unit"], now)


def _after(match: re.Match[str], count: float, unit: str, now: datetime) -> Found:
    """What lies a number of units ahead: hours to the minute, days to their end."""
    if unit.startswith(("hour", "hr", "min")):
        step = timedelta(hours=count) if unit.startswith("h") else timedelta(minutes=count)
        return Found(*match.span(), None, None, now + step)
    if unit.startswith(("work", "business")) or (unit.startswith("week") and "day" in unit):
        return Found(*match.span(), working_days(now.date(), int(count)), None)
    days = {"d": 1, "w": 7, "f": 14, "m": 30}[unit[0]]
    return Found(*match.span(), now.date() + timedelta(days=int(count * days)), None)


def _ends(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    for match in _END.finditer(text, start, end):
        unit = match["unit"] or _SHORT_ENDS[match["short"]]
        later = 1 if match["next"] else 0
        if unit == "week":
            yield Found(*match.span(), friday(now.date(), later), None)
        elif unit == "month":
            yield Found(*match.span(), month_end(now.date(), later), None)
        elif unit in ("today", "tomorrow"):
            ahead = timedelta(days=unit == "tomorrow")
            yield Found(*match.span(), now.date() + ahead, CLOSE)


def _closes(text: str, start: int, end: int) -> Iterator[Found]:
    """The end of a working day: an hour, of today where no day is named beside it."""
    for match in _END.finditer(text, start, end):
        unit = match["unit"] or _SHORT_ENDS[match["short"]]
        if unit.endswith(("day", "business", "play")) and unit != "today":
            yield Found(*match.span(), None, CLOSE)


def _wholes(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    for match in _WHOLE.finditer(text, start, end):
        later = match["which"] == "next"
        if _NOT_DUE.search(text, max(0, match.start() - 10), match.start()):
            continue
        if match["which"] == "the" and match["unit"] != "weekend":
            continue
        if match["unit"] == "month":
            yield Found(*match.span(), month_end(now.date(), later), None)
        else:
            beyond = 2 if match["unit"] == "weekend" else 0
            yield Found(*match.span(), friday(now.date(), later) + timedelta(days=beyond), None)


def _days(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    for match in _DAY.finditer(text, start, end):
        if _NOT_DUE.search(text, max(0, match.start() - 10), match.start()):
            continue
        today, near = now.date(), match["near"]
        if near:
            ahead = {"today": 0, "tonight": 0, "tomorrow": 1}.get(near, 2)
            yield Found(
                *match.span(),
                today + timedelta(days=ahead),
                LAST if near == "tonight" else None,
            )
        else:
            yield Found(*match.span(), _weekday(match, today), None)


def _weekday(match: re.Match[str], today: date) -> date:
    """The weekday that is meant: "by" and "this" may mean today, "next" lies in the next week."""
    short = match["by"] or match["on"]
    wanted = _SHORT[short] if short else WEEKDAYS.index(match["weekday"])
    which = (match["which"] or "").strip()
    return on_weekday(
        wanted,
        today,
        next_week=which in ("next", "the following"),
        maybe_today=which == "this" or match[0].startswith(("by", "this", "before", "no later")),
    )


def _dates(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    for match in _DATE.finditer(text, start, end):
        day = _calendar_day(match["date"], now.date())
        if day and not _NOT_DUE.search(text, max(0, match.start() - 10), match.start()):
            yield Found(*match.span(), day, None)
    for match in _ORDINAL.finditer(text, start, end):
        day = next_such_day(int(match["day"]), now.date())
        if day:
            yield Found(*match.span(), day, None)


@lru_cache(maxsize=1_024)
def _calendar_day(words: str, today: date) -> date | None:
    """A written date; without a year the next such day. None where there is none, as 31 June."""
    import dateparser  # a fifth of a second to load, and most letters name no date

    parsed = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(0)),
            "PREFER_DATES_FROM": "future",
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    return parsed.date() if parsed else None


def _clocks(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _CLOCK.finditer(text, start, end):
        hour = int(match["hour"] or match["hour24"])
        minute = int(match["minute"] or match["minute24"] or 0)
        half = match["half"] or ""
        if half.startswith(("a", "p")) and hour > 12:
            continue
        if half.startswith("p") or (half == "o'clock" and hour < 7):
            hour = hour % 12 + 12
        elif half.startswith("a"):
            hour %= 12
        yield Found(*match.span(), None, time(hour, minute))


def _spoken(text: str, start: int, end: int) -> Iterator[Found]:
    """Hours in words: "half past five" is in the afternoon, "at eleven" before noon."""
    for match in _SPOKEN.finditer(text, start, end):
        hour = int(_NUMBERS[match["hour"]])
        hour += 12 if hour < 7 else 0
        minute = {"half past": 30, "quarter past": 15, "quarter to": 45}.get(match["part"] or "", 0)
        yield Found(*match.span(), None, time(hour - (minute == 45), minute))


def _parts(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _PART.finditer(text, start, end):
        if not _GREETING.search(text, max(0, match.start() - 12), match.start()):
            yield Found(*match.span(), None, _PARTS[match["part"]])


TIMES = Times(
    any=_ANY,
    days=(_durations, _ends, _wholes, _days, _dates),
    hours=(_clocks, _spoken, _parts, _closes),
)
