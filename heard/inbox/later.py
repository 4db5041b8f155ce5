"""Times to put a conversation aside until, in the zone of the person who chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from heard.refusal import Refusal

MORNING = time(9)
AHEAD = timedelta(hours=3)
QUARTER = 15


@dataclass(frozen=True, slots=True)
class Later:
    """A time worth offering: its words, and the moment in the person's zone."""

    label: str
    at: datetime

    @property
    def says(self) -> str:
        """The day and hour: «Tue 09:00»."""
        return f"{self.at:%a} {self.at:%H:%M}"


def choices(now: datetime, zone: tzinfo) -> list[Later]:
    """What people choose most, soonest first; no moment twice. now: any aware time."""
    here = now.astimezone(zone)
    soon = _quarter_after(here + AHEAD)
    to_monday = timedelta(days=7 - here.weekday())
    offered = [
        Later(_("Later today") if soon.date() == here.date() else _("In three hours"), soon),
        Later(_("Tomorrow morning"), _morning(here, timedelta(days=1))),
        Later(_("Monday"), _morning(here, to_monday)),
        Later(_("In a week"), _morning(here, timedelta(weeks=1))),
    ]
    return list({one.at: one for one in reversed(offered)}.values())[::-1]


def at_wall(typed: str, zone: tzinfo) -> datetime:
    """The moment that a clock on the wall shows: "2026-12-01T09:00", as a browser writes it.

    An hour that the clocks skip counts from before the change, so it comes an hour later; of an
    hour they show twice it is the first. Raises Refusal for what is no date and time.
    """
    try:
        written = datetime.fromisoformat(typed)
        at = written if written.tzinfo else written.replace(tzinfo=zone)
        return at.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError) as error:
        says = _("That is no date and time. Write it as 2026-12-01 09:00.")
        raise Refusal(says, code="time", field="until") from error


def _morning(here: datetime, ahead: timedelta) -> datetime:
    return datetime.combine((here + ahead).date(), MORNING, here.tzinfo)


def _quarter_after(at: datetime) -> datetime:
    over = timedelta(minutes=at.minute % QUARTER, seconds=at.second, microseconds=at.microsecond)
    return at + (timedelta(minutes=QUARTER) - over if over else timedelta())
