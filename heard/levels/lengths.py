"""Lengths of working time as people write and read them: «30 min», «4 h», «1 h 30 min»."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from heard.refusal import Refusal

MOST = 365 * 24 * 60
_HOURS = r"(?:(?P<hours>\d{1,5}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?))?"
_MINUTES = r"(?:(?P<minutes>\d{1,6})\s*(?:m|mins?|minutes?))?"
_LENGTH = re.compile(rf"\s*{_HOURS}\s*{_MINUTES}\s*", re.I)


def parsed(text: str) -> int | None:
    """Minutes; None for nothing written. Refusal for what is no length, or longer than a year."""
    if not text.strip():
        return None
    found = _LENGTH.fullmatch(text)
    if not found or not (found["hours"] or found["minutes"]):
        raise _refused(text)
    hours = float((found["hours"] or "0").replace(",", "."))
    minutes = round(hours * 60) + int(found["minutes"] or 0)
    if not 0 < minutes <= MOST:
        raise _refused(text)
    return minutes


def written(minutes: int | None) -> str:
    """Minutes in words, nothing for None."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
    return " ".join(filter(None, parts))


def _refused(text: str) -> Refusal:
    says = _(
        "«%s» is no length of time. Write it as «30 min», «4 h» or «1 h 30 min». A working day has "
        "as many hours as your calendar says."
    )
    return Refusal(says % text.strip()[:40], code="length")
