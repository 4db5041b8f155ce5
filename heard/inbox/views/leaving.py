"""Letters that wait for their time: the page that lists them, and what is done with one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from heard import clock
from heard.accounts.access import PersonRequest
from heard.inbox import moments, queries, unsaid, verbs
from heard.inbox.access import back_to, saying_why
from heard.inbox.models import Conversation
from heard.inbox.moments import Leaving
from heard.inbox.views.writing import chosen_in, zone_of

PAGE = 100


@require_safe
def waiting(request: PersonRequest) -> HttpResponse:
    """Every letter within reach that waits for its time, the next first."""
    letters = list(unsaid.planned(request.user)[: PAGE + 1])
    shown = {
        "letters": letters[:PAGE],
        "more": len(letters) > PAGE,
        "my_zone": zone_of(request),
        "place_name": moments.place_name,
        "said_at": moments.said_at,
        "now": clock.now(),
    }
    return render(request, "inbox/leaving.html", shown)


@require_safe
def sending(request: PersonRequest, pk: int) -> HttpResponse:
    """The ways to send beside «Send»: with the times that can be chosen now."""
    one = queries.conversation_of(request.user, pk)
    return render(request, "inbox/_sending.html", ways(request, one))


def ways(request: PersonRequest, one: Conversation) -> dict[str, Any]:
    """The times to choose from by one's own clock, or the customer's with ?zone=customer."""
    mine, theirs = zone_of(request), one.contact.time_zone
    by_customer = bool(theirs) and request.GET.get("zone") == "customer"
    now, zone = clock.now(), theirs if by_customer else mine
    return {
        "conversation": one,
        "mine": mine,
        "theirs": theirs if theirs and theirs != mine else "",
        "by_customer": by_customer,
        "zone": zone,
        "choices": moments.choices(now, zone),
        "snoozes": [one for one in moments.choices(now, mine) if one.words != "In an hour"],
        "place_name": moments.place_name,
        "said_at": moments.said_at,
        "earliest": moments.said_at(now, zone),
    }


@require_POST
@saying_why
def recall(request: PersonRequest, pk: int) -> HttpResponse:
    """Undo: the letter is a draft again."""
    message = queries.message_of(request.user, pk)
    verbs.recall(request.user, message, request.POST.get("typed", ""))
    return back_to(request, f"/conversations/{message.conversation_id}")


@require_POST
@saying_why
def replan(request: PersonRequest, pk: int) -> HttpResponse:
    """Another time, or other words."""
    message = queries.message_of(request.user, pk)
    leaves: Leaving | None = None
    # The words may change without the time: a minute that has begun is no other time.
    same = message.leaves_at and request.POST.get("own") == moments.said_at(
        message.leaves_at, request.POST.get("zone") or zone_of(request)
    )
    anyway = request.POST.get("anyway") == "on"
    if request.POST.get("leaves") and not (same and anyway == message.leaves_anyway):
        leaves = chosen_in(request)
    verbs.replan(request.user, message, leaves=leaves, text=request.POST.get("text"))
    return back_to(request, f"/conversations/{message.conversation_id}")


@require_POST
@saying_why
def send_now(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave before its time."""
    message = queries.message_of(request.user, pk)
    verbs.send_now(request.user, message)
    return back_to(request, f"/conversations/{message.conversation_id}")
