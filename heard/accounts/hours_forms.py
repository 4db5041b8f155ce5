"""What people fill in about working hours and days off."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.accounts import ical, weeks, zones
from heard.accounts.calendar import Calendar
from heard.accounts.hours import Week
from heard.accounts.ical import DayOff
from heard.refusal import Refusal

USUAL = "Mon to Fri 9:00–17:00"
FIRST_YEAR, LAST_YEAR = 1970, 2100


def _zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in zones.names()]


class CalendarForm(forms.ModelForm[Calendar]):
    """A calendar's name, its clock and its week in words."""

    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=_zone_choices)
    week = forms.CharField(
        label=gettext_lazy("Hours"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        max_length=weeks.LONGEST,
        help_text=gettext_lazy(
            "A line for each kind of day, a break between two times: «Mon to Thu 9:00–12:30, "
            "13:30–17:30», «Fri 9–3pm», «Every day 0:00–24:00». Days you leave out are closed."
        ),
    )

    class Meta:
        model = Calendar
        fields = ["name", "time_zone"]
        error_messages: ClassVar = {
            "name": {"unique": gettext_lazy("Another calendar has this name already.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["week"] = self.instance.words if self.instance.pk else USUAL
        if not self.instance.pk:
            self.initial["time_zone"] = settings.TIME_ZONE

    def clean_week(self) -> Week:
        """The lines as spans of minutes."""
        try:
            return weeks.parsed(self.cleaned_data["week"])
        except Refusal as refusal:
            raise ValidationError(refusal.says) from refusal


class HolidayForm(forms.Form):
    """A day off, or several in a row, by hand."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    first = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Only for more than one day."),
    )

    def clean_first(self) -> date:
        """The first day, in a year of ours."""
        return _in_our_time(self.cleaned_data["first"])

    def day(self) -> DayOff:
        """What was filled in."""
        given = self.cleaned_data
        return DayOff(given["first"], given["last"] or given["first"], given["name"])


class HolidayFileForm(forms.Form):
    """A file of days off."""

    file = forms.FileField(
        label=gettext_lazy("Calendar file (iCal, .ics)"),
        widget=forms.FileInput(attrs={"accept": ".ics,.ical,text/calendar"}),
        help_text=gettext_lazy(
            "Public holidays as most calendars and many public offices hand them out. "
            "You see the days before anything is kept."
        ),
    )

    def clean_file(self) -> bytes:
        """The bytes; a file that is too large is not read into memory."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > ical.LARGEST:
            raise ValidationError(
                _("This file is larger than a megabyte, which no list of holidays is.")
            )
        content: bytes = file.read()
        return content


def line_of(day: DayOff) -> str:
    """A day off as a form carries it."""
    return f"{day.first.isoformat()}/{day.last.isoformat()}/{day.name}"


def day_of(line: str) -> DayOff:
    """The day off that a form carried; Refusal for anything else."""
    try:
        first, last, name = line.split("/", 2)
        return DayOff(_in_our_time(date.fromisoformat(first)), date.fromisoformat(last), name)
    except (ValueError, ValidationError) as error:
        raise Refusal(_("A day in the list can't be read. Choose the file again.")) from error


def _in_our_time(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("This year is far from ours."))
    return day
