"""How working hours stand at a moment, in words: open until when, or closed until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heard.accounts.hours import Hours, NeverOpen


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether it is open, and until when that holds; None when nothing changes for weeks."""

    is_open: bool
    until: datetime | None
    words: str


def standing(hours: Hours, at: datetime) -> Standing:
    """How these hours stand at a moment. The words speak by the calendar's own clock."""
    if hours.is_open(at):
        closes = hours.closes(at)
        says = _("Open until %s") % _moment(hours, closes, at) if closes else _("Always open")
        return Standing(True, closes, says)
    try:
        opens = hours.next_opening(at)
    except NeverOpen:
        return Standing(False, None, _("Never open"))
    return Standing(False, opens, _("Closed until %s") % _moment(hours, opens, at))


def _moment(hours: Hours, then: datetime, at: datetime) -> str:
    """The time alone on the same day, with its weekday within a week, else with its date."""
    local, now = then.astimezone(hours.zone), at.astimezone(hours.zone)
    clock = local.strftime("%H:%M")
    if local.date() == now.date():
        return clock
    if local - now < timedelta(days=6):
        return f"{date_format(local, 'l')} {clock}"
    return f"{date_format(local, 'j F')} {clock}"
