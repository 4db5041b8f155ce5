"""Putting a conversation aside, and taking it up before its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard import clock
from heard.accounts.access import PersonRequest
from heard.inbox import later, queries, verbs
from heard.inbox.access import saying_why
from heard.inbox.handed import moment
from heard.inbox.models import Conversation
from heard.ui import undo

ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class OfferedTimes:
    """What the snooze menu shows: times to choose, and the zone and span of one's own."""

    times: list[later.Later]
    zone: str
    now: datetime


def offered_times() -> OfferedTimes:
    """The times in the reader's zone, which the middleware has set."""
    zone = timezone.get_current_timezone()
    now = clock.now().astimezone(zone)
    return OfferedTimes(later.choices(now, zone), timezone.get_current_timezone_name(), now)


@require_POST
@saying_why
def snooze(request: PersonRequest, pk: int) -> HttpResponse:
    """Put it aside until the time in `until`: a moment, a clock on the wall, or "answer"."""
    one = queries.conversation_of(request.user, pk)
    typed = request.POST.get("until", "")
    zone = timezone.get_current_timezone()
    until = None if typed == ANSWER else later.at_wall(typed, zone)
    undo.overrules_nobody(request, one.status)
    done = verbs.snooze(request.user, one, until)
    undo.offer(request, _says(until), **way_back(one), was=done.status)
    return redirect(f"/conversations/{done.pk}")


@require_POST
@saying_why
def wake(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it up before its time."""
    one = queries.conversation_of(request.user, pk)
    undo.overrules_nobody(request, one.status)
    done = verbs.wake(request.user, one)
    undo.offer(request, _("Open again."), **way_back(one), was=done.status)
    return redirect(f"/conversations/{done.pk}")


def way_back(one: Conversation) -> dict[str, Any]:
    """The act that makes it open, snoozed or closed as it is now, for undo.offer()."""
    path = f"/conversations/{one.pk}"
    if one.is_snoozed:
        until = one.snoozed_until.isoformat() if one.snoozed_until else ANSWER
        return {"path": f"{path}/snooze", "until": until}
    if one.is_open:
        return {"path": f"{path}/closure/delete"}
    return {"path": f"{path}/closure"}


def _says(until: datetime | None) -> str:
    if until is None:
        return _("Snoozed until they answer.")
    return _("Snoozed until %(until)s.") % {"until": moment(until)}
