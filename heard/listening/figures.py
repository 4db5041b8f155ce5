"""Numbers and their names as people say them."""

from __future__ import annotations

import re

from heard.listening.types import Measure

_COUNTED = frozenset({"asks", "times", "turns", "words"})


def words(name: str) -> str:
    """A measure's or a skill's name: «talk_over» -> «Talk over»."""
    return re.sub(r"[_.-]", " ", name).capitalize()


def percent(share: float) -> str:
    """A share from 0 to 1 in whole percents: 0.667 -> «67 %»."""
    return f"{share * 100:.0f} %"


def sure(score: float) -> str:
    """How sure, in words and in percents; the words follow the percents that stand beside them."""
    whole = round(score * 100)
    words = "Quite sure" if whole >= 85 else "Fairly sure" if whole >= 60 else "Not sure"
    return f"{words} ({percent(score)})"


def figure(measure: Measure) -> str:
    """A measure's value with its unit: «67 % of asks», «1 h 12 min», «1 turn»."""
    value, unit = measure.value, measure.unit
    if unit.startswith("share"):
        return f"{percent(value)}{unit.removeprefix('share')}"
    if unit == "yes or no":
        return "yes" if value else "no"
    if unit == "seconds":
        return _span(value)
    if value == 1 and unit in _COUNTED:
        unit = unit.removesuffix("s")
    return f"{value:.3g} {unit}" if abs(value) < 1000 else f"{value:,.0f} {unit}"


def _span(seconds: float) -> str:
    """A length of time in its two largest units: 3720 -> «1 h 2 min»."""
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes = round(seconds / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "days" if days > 1 else "day"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{count} {unit}" for count, unit in [p for p in parts if p[0]][:2])
