"""Reading the calendar invitation in a letter."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from heard.channels.contract import Invitation
from heard.channels.email.charset import scrub, undirected

if TYPE_CHECKING:
    from icalendar import Event

# Real invitations have a few kilobytes; a whole calendar as a file is no invitation.
LARGEST = 256_000


def read_invitation(content: str) -> Invitation | None:
    """Return the first event of an iCalendar text (RFC 5545); None when it holds none."""
    # Brought in here because it takes a third of a second, and few letters carry a calendar.
    from icalendar import Calendar, Event

    if len(content) > LARGEST:
        return None
    try:
        calendar = Calendar.from_ical(content)
        events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
        return _of(events[0], str(calendar.get("METHOD", ""))) if events else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        # The library raises all of these on damaged calendars; the file itself is kept.
        return None


def _of(event: Event, method: str) -> Invitation:
    return Invitation(
        method=scrub(method).upper()[:40],
        summary=undirected(scrub(str(event.get("SUMMARY", ""))))[:500],
        start=_moment(event, "DTSTART"),
        end=_moment(event, "DTEND"),
        organizer=scrub(str(event.get("ORGANIZER", ""))).removeprefix("mailto:")[:320],
        location=undirected(scrub(str(event.get("LOCATION", ""))))[:500],
        uid=scrub(str(event.get("UID", "")))[:500],
    )


def _moment(event: Event, name: str) -> datetime | None:
    at = getattr(event.get(name), "dt", None)
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    return datetime.combine(at, time(), UTC) if isinstance(at, date) else None
