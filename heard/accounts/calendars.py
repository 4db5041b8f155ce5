"""What is done to calendars: working hours and days off. Refusals are sentences for the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from heard import clock
from heard.accounts import zones
from heard.accounts.calendar import LONGEST_DAYS, Calendar, Holiday
from heard.accounts.hours import Hours, Week, always
from heard.accounts.ical import DayOff
from heard.accounts.models import Team, User
from heard.events.verbs import record
from heard.refusal import Refusal


def hours_of(calendar: Calendar | None) -> Hours:
    """When it is open; without a calendar day and night, by the office's clock."""
    return calendar.hours() if calendar else _always(settings.TIME_ZONE)


def today_of(calendar: Calendar) -> date:
    """The date it is there."""
    return clock.now().astimezone(ZoneInfo(calendar.time_zone)).date()


@transaction.atomic
def make_calendar(*, by: User, name: str, time_zone: str, week: Week) -> Calendar:
    """A new calendar; IntegrityError when the name is taken, Refusal for an unknown zone."""
    _refuse_unknown(time_zone)
    calendar = Calendar.objects.create(name=name, time_zone=time_zone, week=week)
    _changed(calendar, by)
    return calendar


@transaction.atomic
def change_calendar(calendar: Calendar, *, by: User, name: str, time_zone: str, week: Week) -> None:
    """Give a calendar other hours; IntegrityError when another has the name."""
    _refuse_unknown(time_zone)
    Calendar.objects.filter(pk=calendar.pk).update(name=name, time_zone=time_zone, week=week)
    calendar.refresh_from_db()
    _changed(calendar, by)


@transaction.atomic
def delete_calendar(calendar: Calendar, *, by: User) -> None:
    """Remove a calendar that nobody follows; Refusal while a team or a service level does."""
    teams = Team.objects.select_for_update(of=("self",)).filter(calendar=calendar)
    if names := [team.name for team in teams]:
        says = _("%(team)s works by these hours. Choose others there first.")
        raise Refusal(says % {"team": ", ".join(names)}, code="in-use")
    pk = calendar.pk
    try:
        calendar.delete()
    except ProtectedError as error:
        used = ", ".join(sorted(str(one) for one in error.protected_objects))
        says = _("These hours are used by: %s. Choose others there first.") % used
        raise Refusal(says, code="in-use") from error
    record("calendar.deleted", by=by, calendar=pk)


@transaction.atomic
def close_on(calendar: Calendar, days: Iterable[DayOff], *, by: User) -> int:
    """Add days off and say how many are new: what is there already stays as it is.

    Refusal when one ends before it begins or lasts longer than a year.
    """
    found = list(days)
    for day in found:
        if not 0 <= (day.last - day.first).days < LONGEST_DAYS:
            says = _("«%s» has to end on its first day or after, and within a year.")
            raise Refusal(says % day.name, code="holiday", field="last")
    before = calendar.holidays.count()
    Holiday.objects.bulk_create(
        [
            Holiday(calendar=calendar, name=day.name[:80], first=day.first, last=day.last)
            for day in found
        ],
        ignore_conflicts=True,
    )
    added = calendar.holidays.count() - before
    if added:
        _changed(calendar, by)
    return added


@transaction.atomic
def open_on(holiday: Holiday, *, by: User) -> None:
    """Take a day off out of its calendar."""
    holiday.delete()
    _changed(holiday.calendar, by)


@cache
def _always(zone: str) -> Hours:
    return always(zone)


def _refuse_unknown(zone: str) -> None:
    if zone not in zones.names():
        raise Refusal(_("This time zone is not known here."), code="zone", field="time_zone")


def _changed(calendar: Calendar, by: User) -> None:
    record("calendar.changed", by=by, calendar=calendar.pk)
