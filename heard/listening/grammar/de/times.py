"""Words that name a time in German: "bis Freitag", "innerhalb von zwei Werktagen", "um halb"
" acht"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from heard.listening.grammar import Times
from heard.listening.grammar.de.words import MONTH, WEEKDAY, pattern
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

_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_MONTHS = (
    *("jan", "feb", "mär", "apr", "mai", "jun"),
    *("jul", "aug", "sep", "okt", "nov", "dez"),
)
_COUNT = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
    " sechzehn siebzehn achtzehn neunzehn zwanzig"
)
_NUMBERS: dict[str, float] = {
    written: number
    for number, word in enumerate(_COUNT.split())
    for written in (word, word.replace("ü", "ue").replace("ö", "oe"))
} | {
    **dict.fromkeys(("eins", "eine", "einer", "einem", "einen", "ner"), 1),
    **dict.fromkeys(("zwo", "ein paar"), 2),
    **dict.fromkeys(("halben", "einer halben", "ner halben"), 0.5),
    **dict.fromkeys(("vierundzwanzig",), 24),
    **dict.fromkeys(("einundzwanzig",), 21),
    **dict.fromkeys(("dreißig", "dreissig"), 30),
}
_N = (
    r"(?:\d{1,3}|einer halben|ner halben|halben|vierundzwanzig|einundzwanzig|dreißig|zwanzig"
    r"|neunzehn"
    r"|achtzehn|siebzehn|sechzehn|fünfzehn|vierzehn|dreizehn|zwölf|elf|zehn|neun|acht|sieben|sechs"
    r"|fünf|vier|drei|zwei|zwo|einer|einem|einen|eine|eins|ein|ner)"
)
_BY = r"(?:spätestens|bis|am|zum|den|ab|vor|gegen|noch|diesen|dieser|kommenden)"

_DURATION = pattern(
    r"\b(?:innerhalb|binnen|innert|in|für|dauert|braucht|spätestens in|spätestens nach)"
    r"(?: von| der| den| nächsten| kommenden| etwa| ca\.?| rund| circa| ungefähr| spätestens"
    r"| maximal| höchstens)*"
    rf" (?:{_N} ?(?:-|–|bis|oder) ?)?(?P<n>{_N}) ?"
    r"(?P<unit>werktag(?:en|e|s)?|arbeitstag(?:en|e|s)?|tag(?:en|e|es|s)?|stunden?|std|minuten?"
    r"|min|wochen?|monat(?:en|e|s)?)\b"
    r"(?! (?:vor|nach|ab|her|alt|lang gewartet))"
)
_END = pattern(
    r"\b(?:bis |spätestens |gegen |zum )*(?:"
    r"(?P<week>(?:ende (?:der|dieser|nächster|kommender) woche|wochenende|ende nächster woche"
    r"|wochenschluss))"
    r"|(?P<month>(?:ende (?:des|dieses|nächsten|kommenden) monats|monatsende))"
    rf"|(?P<part>ende|mitte) (?P<named>{MONTH}))\b"
)
_WHOLE = pattern(
    r"\b(?:noch |im laufe |bis )*(?P<which>diese|dieser|nächste|nächster|kommende"
    r"|kommender) (?P<unit>woche)\b"
    r"|\b(?:noch |im |bis )*(?P<which2>diesen|diesem|nächsten|kommenden"
    r"|im nächsten) (?P<unit2>monat)\b"
    r"|\bam (?P<weekend>wochenende)\b"
)
_DAY = pattern(
    rf"\b(?:{_BY} )*(?P<near>heute|heut|morgen|übermorgen)\b"
    rf"|\b(?:{_BY} )*(?P<which>nächsten |nächste woche |nächster |kommenden "
    rf"|diesen )?(?P<weekday>{WEEKDAY})"
    r"(?=(?:vormittag|mittag|nachmittag|abend|früh)?\b)"
)
_NOT_DUE = pattern(
    r"(?:\b(?:letzten|letzter|letzte|vergangenen|vorigen|seit|jeden|jeder|vom|von|nach|guten"
    r"|schönen|gestern"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|dieser|heute|stand|nicht|statt"
    r"|ab) |\bam )\Z"
)
_NOT_DAY = pattern(
    r"\b(?:letzten|letzter|vergangenen|vorigen|seit|jeden|vom|nach|gestern|nicht|stand"
    r"|voriger)(?: dem| den)? \Z"
)
_DATE = pattern(
    rf"\b(?:(?:bis|zum|am|den|dem|spätestens|ab"
    rf"|vor) )*(?P<day>[0-3]?\d)\. ?(?:(?P<name>{MONTH})\b\.?|(?P<month>[01]?\d)\.)"
    r"(?: ?(?P<year>20\d\d|\d\d(?!\d|:|\.|,| ?uhr))\b)?"
    r"|\b(?P<iso>20\d\d-[01]\d-[0-3]\d)\b"
)
_ORDINAL = pattern(
    rf"\b(?:bis zum|spätestens am|zum|am|bis|den) (?P<day>[0-3]?\d)\.(?! ?(?:\d|{MONTH}|tag|stock"
    rf"|mal|termin|stelle|platz|klasse|versuch))"
    r"|\b(?:bis zum|zum|am) (?P<word>ersten|fünften|zehnten|fünfzehnten|fuffzehnte|zwanzigsten"
    r"|dreißigsten)(?=\s*(?:[.,;!?]|\Z))"
)
_ORDINALS = {
    "er": 1,
    "fünften": 5,
    "fuenften": 5,
    "ze": 10,
    "fünfz": 15,
    "fuenfz": 15,
    "fuf": 15,
    "zw": 20,
    "dr": 30,
}
_CLOCK = pattern(
    r"\b(?:(?:um|bis|gegen|vor|ab|spätestens|etwa|so|ca\.?) ){0,3}(?P<hour>[01]?\d"
    r"|2[0-4])(?:[:.](?P<minute>[0-5]\d))? ?uhr\b(?: (?P<more>[0-5]\d)\b)?"
    r"|\b(?:um|bis|gegen|vor|ab) (?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b"
)
_HOUR = r"(?:zwölf|elf|zehn|neun|acht|sieben|sechs|fünf|vier|drei|zwei|zwo|eins|eens)"
_MORE = r"(?:dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig)"
_SPOKEN = pattern(
    rf"\b(?:um|bis|gegen|vor|spätestens um|umme) (?:punkt |etwa |so |um )?(?P<part>halb"
    rf"|viertel nach|viertel vor|dreiviertel|drei viertel|viertel)? ?(?P<word>{_HOUR}"
    rf"|{_MORE})\b(?: uhr)?"
    rf"(?! (?:tage|wochen|stunden|minuten|euro|werktag|personen|monate|jahre|prozent"
    rf"|bis \w+ (?:tage|wochen|werktage)))"
    rf"|\b(?P<word2>{_HOUR}|{_MORE}) uhr\b"
)
_PART = pattern(
    r"(?:\b(?:am|bis|bis zum|heute|morgen|übermorgen|im laufe des|gegen|noch|zum) ){0,3}"
    r"(?P<part>vormittags?|nachmittags?|mittags?|abends?|nachts?|früh|mitternacht|feierabend"
    r"|dienstschluss|geschäftsschluss|büroschluss|ladenschluss|tagesende)\b"
)
_PARTS = (
    ("vormittag", time(12, 0)),
    ("nachmittag", CLOSE),
    ("mittag", time(13, 0)),
    ("mitternacht", LAST),
    ("feierabend", CLOSE),
    ("abend", time(22, 0)),
    ("nacht", LAST),
    ("fr", time(12, 0)),
)
_GREETING = pattern(r"\b(?:guten|schönen|gute|gestern|letzte|letzten|jeden|jede) \Z")
_ANY = pattern(
    r"\d|heut|morgen|tag|woch|monat|stunde|minute|uhr|mittag|abend|nacht|früh|ende|mitte|binnen"
    r"|innert|schluss"
    r"|\b(?:um|bis|gegen) "
)


def _durations(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    for match in _DURATION.finditer(text, start, end):
        count = float(match["n"]) if match["n"].isdigit() else _NUMBERS.get(match["n"], 0)
        if count:
            yield _after(match, count, now)


def _after(match: re.Match[str], count: float, now: datetime) -> Found:
    """What lies a number of units ahead: hours to the minute, days to their end."""
    unit = match["unit"]
    if unit.startswith(("st", "mi")):
        step = timedelta(hours=count) if unit.startswith("st") else timedelta(minutes=count)
        return Found(*match.span(), None, None, now + step)
    if unit.startswith(("werk", "arbeit")):
        return Found(*match.span(), working_days(now.date(), int(count)), None)
    days = {"t": 1, "w": 7, "m": 30}[unit[0]]
    return Found(*match.span(), now.date() + timedelta(days=int(count * days)), None)


def _ends(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    today = now.date()
    for match in _END.finditer(text, start, end):
        later = int("ächst" in match[0] or "aechst" in match[0] or "kommende" in match[0])
        if match["week"]:
            beyond = timedelta(days=0 if "ende " in match[0] else 2)
            yield Found(*match.span(), friday(today, later) + beyond, None)
        elif match["month"]:
            yield Found(*match.span(), month_end(today, later), None)
        else:
            month = _month(match["named"])
            ahead = (month - today.month) % 12
            last = month_end(today, ahead)
            yield Found(
                *match.span(), last if match["part"] == "ende" else last.replace(day=15), None
            )


def _wholes(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    for match in _WHOLE.finditer(text, start, end):
        which = match["which"] or match["which2"] or ""
        later = int(not which.startswith("dies") and bool(which))
        if match["weekend"]:
            yield Found(*match.span(), friday(now.date(), 0) + timedelta(days=2), None)
        elif match["unit2"]:
            yield Found(*match.span(), month_end(now.date(), later), None)
        else:
            yield Found(*match.span(), friday(now.date(), later), None)


def _days(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    today = now.date()
    for match in _DAY.finditer(text, start, end):
        near, before = match["near"], text[max(start, match.start() - 14) : match.start()]
        if near:
            # "Am Morgen", "guten Morgen" and "heute Morgen" are no tomorrow.
            said = before + match[0][: -len(near)]
            if near == "morgen" and _NOT_DUE.search(said):
                continue
            ahead = {"heute": 0, "heut": 0, "morgen": 1}.get(near, 2)
            yield Found(*match.span(), today + timedelta(days=ahead), None)
        elif not _NOT_DAY.search(before):
            yield Found(*match.span(), _weekday(match, today), None)


def _weekday(match: re.Match[str], today: date) -> date:
    """The weekday that is meant: "bis" and "diesen" may mean today, "nächsten" the next week's."""
    named = match["weekday"]
    wanted = 5 if named == "sonnabend" else _WEEKDAYS.index(named)
    which = (match["which"] or "").strip()
    next_week = which.startswith(("nächste", "naechste"))
    maybe_today = which == "diesen" or match[0].startswith(
        ("bis", "spät", "spaet", "diesen", "noch")
    )
    return on_weekday(wanted, today, next_week=next_week, maybe_today=maybe_today)


def _dates(text: str, start: int, end: int, now: datetime) -> Iterator[Found]:
    today = now.date()
    for match in _DATE.finditer(text, start, end):
        day = _date(match, today)
        if day and not _NOT_DAY.search(text, max(0, match.start() - 14), match.start()):
            yield Found(*match.span(), day, None)
    for match in _ORDINAL.finditer(text, start, end):
        word = match["word"] or ""
        wanted = int(
            match["day"] or next((n for k, n in _ORDINALS.items() if word.startswith(k)), 0)
        )
        if wanted and (day := next_such_day(wanted, today)):
            yield Found(*match.span(), day, None)


def _date(match: re.Match[str], today: date) -> date | None:
    """A written date; without a year the next such day. None where there is none, as 31. Juni."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = _month(match["name"]) if match["name"] else int(match["month"])
        year = int(match["year"]) if match["year"] else today.year
        found = date(year if year > 99 else 2000 + year, month, int(match["day"]))
        return found if match["year"] or found >= today else found.replace(year=found.year + 1)
    except ValueError:
        return None


def _month(name: str) -> int:
    short = name.replace("ae", "ä").replace("jän", "jan").replace("feber", "feb")[:3]
    return _MONTHS.index(short) + 1


def _clocks(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _CLOCK.finditer(text, start, end):
        hour = int(match["hour"] or match["hour24"])
        minute = int(match["minute"] or match["minute24"] or match["more"] or 0)
        yield Found(*match.span(), None, LAST if hour == 24 else time(hour, minute))


def _spoken(text: str, start: int, end: int) -> Iterator[Found]:
    """Hours in words: "um fünf" is in the afternoon, "um elf" before noon, "halb acht" is 7.30."""
    for match in _SPOKEN.finditer(text, start, end):
        word = (match["word"] or match["word2"]).replace("eens", "eins")
        hour = int(_NUMBERS[word])
        hour += 12 if hour < 7 else 0
        minute = _MINUTES.get(match["part"] or "", 0)
        yield Found(*match.span(), None, time(hour - (minute < 0), minute % 60))


_MINUTES = {
    "halb": -30,
    "viertel vor": -15,
    "dreiviertel": -15,
    "drei viertel": -15,
    "viertel nach": 15,
    "viertel": -45,
}


def _parts(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _PART.finditer(text, start, end):
        if not _GREETING.search(text, max(0, match.start() - 12), match.start()):
            hour = next((at for name, at in _PARTS if match["part"].startswith(name)), CLOSE)
            yield Found(*match.span(), None, hour)


TIMES = Times(
    any=_ANY,
    days=(_durations, _ends, _wholes, _days, _dates),
    hours=(_clocks, _spoken, _parts),
)
