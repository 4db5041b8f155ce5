"""Working hours and days off: leads see them, admins change them."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from heard import clock
from heard.accounts import ical, verbs
from heard.accounts.access import PersonRequest, admin_only, leads_see
from heard.accounts.calendar import Calendar, Holiday
from heard.accounts.calendars import today_of
from heard.accounts.hours_forms import (
    CalendarForm,
    HolidayFileForm,
    HolidayForm,
    day_of,
    line_of,
)
from heard.accounts.standing import standing
from heard.refusal import Refusal

AHEAD = timedelta(days=2 * 366)


@leads_see
@require_http_methods(["GET", "POST"])
def hours(request: PersonRequest) -> HttpResponse:
    """List the calendars; make one."""
    form = CalendarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = verbs.make_calendar(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Now add the days off, and choose it for a team."))
        return redirect("accounts:calendar", made.pk)
    calendars = Calendar.objects.prefetch_related("teams", "holidays")
    shown = [(one, standing(one.hours(), clock.now())) for one in calendars]
    return render(request, "accounts/hours.html", {"calendars": shown, "form": form})


@leads_see
@require_http_methods(["GET", "POST"])
def calendar(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change one calendar."""
    one = get_object_or_404(Calendar, pk=pk)
    form = CalendarForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        verbs.change_calendar(one, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:calendar", pk)
    return _page(request, pk, form=form)


@admin_only
@require_POST
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Remove a calendar that nobody follows."""
    one = get_object_or_404(Calendar, pk=pk)
    try:
        verbs.delete_calendar(one, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.says)
        return redirect("accounts:calendar", pk)
    messages.success(request, _("«%s» is gone.") % one.name)
    return redirect("accounts:hours")


@admin_only
@require_POST
def holidays(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a day off by hand."""
    one = get_object_or_404(Calendar, pk=pk)
    form = HolidayForm(request.POST)
    if form.is_valid():
        try:
            verbs.close_on(one, [form.day()], by=request.user)
            return redirect("accounts:calendar", pk)
        except Refusal as refusal:
            form.add_error("last", refusal.says)
    return _page(request, pk, holiday=form)


@admin_only
@require_POST
def holiday_deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a day off out."""
    one = get_object_or_404(Holiday.objects.select_related("calendar"), pk=pk)
    verbs.open_on(one, by=request.user)
    messages.success(request, _("«%s» is a working day again.") % one.name)
    return redirect("accounts:calendar", one.calendar_id)


@admin_only
@require_POST
def reading(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the days off that a file holds; nothing is kept yet."""
    one = get_object_or_404(Calendar, pk=pk)
    form = HolidayFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, pk, file=form)
    today = today_of(one)
    try:
        found = ical.read(form.cleaned_data["file"], today, today + AHEAD)
    except Refusal as refusal:
        form.add_error("file", refusal.says)
        return _page(request, pk, file=form)
    known = set(one.holidays.values_list("first", "last", "name"))
    rows = [(day, line_of(day), (day.first, day.last, day.name) in known) for day in found.days]
    shown = {"calendar": one, "rows": rows, "left_out": found.left_out, "until": today + AHEAD}
    return render(request, "accounts/holidays_found.html", shown)


@admin_only
@require_POST
def importing(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep the days off that were ticked."""
    one = get_object_or_404(Calendar, pk=pk)
    try:
        days = [day_of(line) for line in request.POST.getlist("day")]
        added = verbs.close_on(one, days, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.says)
        return redirect("accounts:calendar", pk)
    says = ngettext("%d day off was added.", "%d days off were added.", added) % added
    messages.success(request, says)
    return redirect("accounts:calendar", pk)


def _page(
    request: PersonRequest,
    pk: int,
    *,
    form: CalendarForm | None = None,
    holiday: HolidayForm | None = None,
    file: HolidayFileForm | None = None,
) -> HttpResponse:
    one = get_object_or_404(Calendar, pk=pk)  # as it is kept, not as a form has touched it
    coming, past = _parted(list(one.holidays.all()), today_of(one))
    shown = {
        "calendar": one,
        "standing": standing(one.hours(), clock.now()),
        "form": form or CalendarForm(instance=one),
        "holiday": holiday or HolidayForm(),
        "file": file or HolidayFileForm(),
        "coming": coming,
        "past": past,
        "teams": one.teams.all(),
    }
    return render(request, "accounts/calendar.html", shown)


def _parted(kept: list[Holiday], today: date) -> tuple[list[Holiday], list[Holiday]]:
    """Those still to come, and those over, newest first."""
    coming = [one for one in kept if one.last >= today]
    return coming, [one for one in reversed(kept) if one.last < today]
