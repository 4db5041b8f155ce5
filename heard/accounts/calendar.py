"""The calendar: the working hours of a team and its days off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from heard.accounts.hours import Hours, Week
from heard.accounts.weeks import written

LONGEST_DAYS = 366


def check_week(value: Any) -> None:
    """ValidationError unless this is a week as Hours takes it: seven lists of [from, until]."""
    try:
        Hours(ZoneInfo("UTC"), week_of(value))
    except (TypeError, ValueError) as error:
        raise ValidationError(_("This is no week of working hours.")) from error


def week_of(value: Any) -> Week:
    """The week that lies in a JSON column; ValueError or TypeError when it is none."""
    return cast("Week", tuple(tuple((start, end) for start, end in spans) for spans in value))


class Calendar(models.Model):
    """When a team works: the hours of a week in a time zone, and the days off."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=60)
    # For each day, Monday first, its spans in minutes after midnight (hours.Week).
    week = models.JSONField(_("hours"), validators=[check_week])

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """The week's hours as people read them, a line for each run of days."""
        return written(week_of(self.week))

    def hours(self) -> Hours:
        """The hours and days off, for arithmetic. Ask once: it reads the days off."""
        off = (day for holiday in self.holidays.all() for day in holiday.days())
        return Hours(ZoneInfo(self.time_zone), week_of(self.week), frozenset(off))


class Holiday(models.Model):
    """A day off, or several in a row."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="holidays")
    name = models.CharField(_("name"), max_length=80)
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))

    class Meta:
        ordering = ["first", "last", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "first", "last", "name"], name="holiday_once"
            ),
            models.CheckConstraint(
                name="holiday_forwards",
                condition=Q(last__gte=F("first"))
                & Q(last__lt=F("first") + timedelta(days=LONGEST_DAYS)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def days(self) -> Iterator[date]:
        """Each day of it."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)
