"""Admins set working hours and days off, leads see them, and nothing is lost by a bad file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from heard import clock
from heard.accounts import verbs
from heard.accounts.calendar import Calendar
from heard.accounts.calendars import hours_of
from heard.accounts.ical import DayOff
from heard.accounts.models import Team, User
from heard.accounts.weeks import parsed
from heard.events.models import Event
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
GIVEN = {"name": "Office", "time_zone": "Europe/London", "week": "Mon to Fri 9:00–17:00"}
HOLIDAYS = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Christmas Day\r\nDTSTART;VALUE=DATE:20261225\r\n"
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Odd one\r\nDTSTART;VALUE=DATE:20260101\r\n"
    "RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def office(admin: User) -> Calendar:
    """Nine to five in London."""
    return verbs.make_calendar(
        by=admin, name="Office", time_zone="Europe/London", week=parsed(GIVEN["week"])
    )


def address(name: str, *args: int) -> str:
    return reverse(f"accounts:{name}", args=args)


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


def upload(browser: Client, office: Calendar, content: str = HOLIDAYS) -> str:
    file = SimpleUploadedFile("holidays.ics", content.encode())
    with clock.at(datetime(2026, 11, 1, tzinfo=UTC)):
        answer = browser.post(address("holiday_file", office.pk), {"file": file})
    return answer.content.decode()


def test_hours_are_typed_and_then_count(signed_in: SignedIn, admin: User) -> None:
    browser = signed_in(admin)
    answer = browser.post(address("hours"), GIVEN)
    made = Calendar.objects.get()
    assert answer.headers["Location"] == address("calendar", made.pk)
    assert made.hours().is_open(datetime(2026, 7, 1, 8, 30, tzinfo=UTC))
    assert not made.hours().is_open(datetime(2026, 1, 1, 8, 30, tzinfo=UTC))
    page = browser.get(address("calendar", made.pk)).content.decode()
    assert "Mon to Fri 9:00–17:00" in page
    assert events() == ["calendar.changed"]


def test_hours_that_cannot_be_read_are_kept_in_the_form_with_a_sentence(
    signed_in: SignedIn, admin: User, office: Calendar
) -> None:
    wrong = GIVEN | {"week": "Mon to Fry 9–17"}
    page = signed_in(admin).post(address("calendar", office.pk), wrong).content.decode()
    assert "«fry» is no day of the week" in page
    assert "Mon to Fry 9–17</textarea>" in page
    office.refresh_from_db()
    assert office.words == GIVEN["week"]


def test_two_calendars_cannot_have_one_name(
    signed_in: SignedIn, admin: User, office: Calendar
) -> None:
    page = signed_in(admin).post(address("hours"), GIVEN).content.decode()
    assert "Another calendar has this name already." in page


def test_a_lead_looks_and_an_agent_does_not(
    signed_in: SignedIn, lead: User, agent: User, office: Calendar
) -> None:
    browser = signed_in(lead)
    assert "Office" in browser.get(address("hours")).content.decode()
    page = browser.get(address("calendar", office.pk))
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    browser = signed_in(agent)
    assert browser.get(address("hours")).status_code == 404
    assert browser.get(address("calendar", office.pk)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["hours", "calendar", "calendar_deletion", "holidays", "holiday_file", "holiday_import"],
)
def test_only_an_admin_changes_hours(
    signed_in: SignedIn, lead: User, office: Calendar, name: str
) -> None:
    args = () if name == "hours" else (office.pk,)
    assert signed_in(lead).post(address(name, *args), GIVEN).status_code == 404


def test_a_team_works_by_a_calendar(
    signed_in: SignedIn, admin: User, office: Calendar, support: Team
) -> None:
    given = {"name": "Support", "assign_by": "hand", "calendar": office.pk}
    signed_in(admin).post(reverse("accounts:team", args=[support.pk]), given)
    support.refresh_from_db()
    assert support.calendar == office
    assert hours_of(None).is_open(datetime(2026, 1, 1, 3, tzinfo=UTC))


def test_hours_that_a_team_works_by_stay(
    signed_in: SignedIn, admin: User, office: Calendar, support: Team
) -> None:
    Team.objects.filter(pk=support.pk).update(calendar=office)
    browser = signed_in(admin)
    answer = browser.post(address("calendar_deletion", office.pk), follow=True)
    assert "Support works by these hours" in answer.content.decode()
    Team.objects.update(calendar=None)
    browser.post(address("calendar_deletion", office.pk))
    assert not Calendar.objects.exists()


def test_a_day_off_by_hand_closes_it_and_is_taken_out_again(
    signed_in: SignedIn, admin: User, office: Calendar
) -> None:
    browser = signed_in(admin)
    given = {"name": "Stocktaking", "first": "2026-12-28", "last": "2026-12-30"}
    browser.post(address("holidays", office.pk), given)
    noon = datetime(2026, 12, 29, 12, tzinfo=UTC)
    assert not office.hours().is_open(noon)
    browser.post(address("holiday_deletion", office.holidays.get().pk))
    assert Calendar.objects.get().hours().is_open(noon)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-12-28", "2026-12-27"), ("2026-12-28", "2028-01-01"), ("0001-01-01", ""), ("x", "")],
)
def test_a_day_off_that_cannot_be_is_refused_in_the_form(
    signed_in: SignedIn, admin: User, office: Calendar, first: str, last: str
) -> None:
    given = {"name": "Odd", "first": first, "last": last}
    answer = signed_in(admin).post(address("holidays", office.pk), given)
    assert answer.status_code == 200
    assert 'class="wrong"' in answer.content.decode()
    assert not office.holidays.exists()


def test_the_days_of_a_file_are_shown_first_and_kept_when_ticked(
    signed_in: SignedIn, admin: User, office: Calendar
) -> None:
    browser = signed_in(admin)
    page = upload(browser, office)
    assert "Friday 25 December 2026" in page
    assert "«Odd one» repeats more often than daily" in page
    assert not office.holidays.exists()
    browser.post(
        address("holiday_import", office.pk), {"day": ["2026-12-25/2026-12-25/Christmas Day"]}
    )
    kept = office.holidays.get()
    assert (kept.name, kept.first, kept.last) == (
        "Christmas Day",
        date(2026, 12, 25),
        date(2026, 12, 25),
    )


def test_a_day_imported_twice_stands_there_once(
    signed_in: SignedIn, admin: User, office: Calendar
) -> None:
    christmas = DayOff(date(2026, 12, 25), date(2026, 12, 25), "Christmas Day")
    assert verbs.close_on(office, [christmas, christmas], by=admin) == 1
    assert verbs.close_on(office, [christmas], by=admin) == 0
    assert "there already" in upload(signed_in(admin), office)


@pytest.mark.parametrize("line", ["", "x", "2026-12-25/x/Name", "9999-12-31/9999-12-31/Late"])
def test_a_list_somebody_tampered_with_changes_nothing(
    signed_in: SignedIn, admin: User, office: Calendar, line: str
) -> None:
    good = "2026-12-25/2026-12-25/Christmas Day"
    answer = signed_in(admin).post(
        address("holiday_import", office.pk), {"day": [good, line]}, follow=True
    )
    assert "can&#39;t be read" in answer.content.decode()
    assert not office.holidays.exists()


@pytest.mark.parametrize("content", ["", "hello", "x" * 1_000_001])
def test_a_file_that_is_no_calendar_is_refused_with_a_sentence(
    signed_in: SignedIn, admin: User, office: Calendar, content: str
) -> None:
    page = upload(signed_in(admin), office, content)
    assert 'class="wrong"' in page
    assert not office.holidays.exists()


def test_an_unknown_zone_is_refused(admin: User) -> None:
    with pytest.raises(Refusal, match="time zone is not known"):
        verbs.make_calendar(
            by=admin, name="Mars", time_zone="Mars/Olympus", week=parsed("Mon 9–17")
        )
