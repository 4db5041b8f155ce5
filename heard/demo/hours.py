"""When Larkfield Supply is there: Support in London with bank holidays, Accounts in Berlin."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from heard.accounts import ical, verbs, weeks
from heard.accounts.ical import DayOff
from heard.accounts.models import Calendar, Team, User

BANK_HOLIDAYS = Path(__file__).parent / "england.ics"
BEFORE, AHEAD = timedelta(days=60), timedelta(days=2 * 366)
CALENDARS = (
    ("Support", "Shop hours", "Europe/London", "Mon to Fri 8:30–17:30\nSat 9:00–12:30"),
    ("Accounts", "Office", "Europe/Berlin", "Mon to Thu 9:00–12:30, 13:30–17:00\nFri 9:00–14:00"),
)


def open_up(by: User) -> None:
    """Give each team its hours, and London its bank holidays from a file, as an admin would."""
    for team_name, name, zone, week in CALENDARS:
        calendar = verbs.make_calendar(by=by, name=name, time_zone=zone, week=weeks.parsed(week))
        team = Team.objects.get(name=team_name)
        verbs.change_team(
            team,
            by=by,
            name=team.name,
            members=team.members.all(),
            assign_by=team.assign_by,
            same_colleague=team.same_colleague,
            calendar=calendar,
        )
        _close(calendar, by)


def _close(calendar: Calendar, by: User) -> None:
    today = timezone.now().date()
    if calendar.time_zone == "Europe/London":
        found = ical.read(BANK_HOLIDAYS.read_bytes(), today - BEFORE, today + AHEAD)
        verbs.close_on(calendar, found.days, by=by)
    else:
        begins = today + timedelta(days=20)
        stocktaking = DayOff(begins, begins + timedelta(days=1), "Stocktaking")
        verbs.close_on(calendar, [stocktaking], by=by)
