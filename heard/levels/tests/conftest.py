"""Policies and hours for tests, and a clock that is told what time it is."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from heard.accounts.calendars import make_calendar
from heard.accounts.models import Calendar, Team, User
from heard.accounts.weeks import parsed
from heard.levels.models import Policy
from heard.levels.verbs import make_policy
from heard.levels.verbs.policies import Promise

LONDON = ZoneInfo("Europe/London")


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in London in March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=LONDON)


@pytest.fixture
def office(admin: User, support: Team) -> Calendar:
    """Support works nine to five in London."""
    calendar = make_calendar(
        by=admin, name="Office", time_zone="Europe/London", week=parsed("Mon to Fri 9:00–17:00")
    )
    Team.objects.filter(pk=support.pk).update(calendar=calendar)
    return calendar


@pytest.fixture
def standard(admin: User, office: Calendar) -> Policy:
    """Four hours for the first answer, two for the next, two working days until it is done."""
    return make_policy(
        Promise(name="Standard", first_minutes=240, next_minutes=120, resolution_minutes=960),
        by=admin,
    )
