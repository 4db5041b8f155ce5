"""The list of conversations."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from heard.accounts.access import PersonRequest
from heard.accounts.models import User
from heard.accounts.verbs import admins
from heard.inbox import queries
from heard.inbox.models import Conversation, Inbox
from heard.inbox.queries import NAMES, View


@require_safe
def home(_request: PersonRequest) -> HttpResponse:
    """The front door leads to the list."""
    return redirect("/inbox")


@require_safe
def inbox(request: PersonRequest) -> HttpResponse:
    """The page with the list."""
    return render(request, "inbox/list.html", listing(request))


@require_safe
def rows(request: PersonRequest) -> HttpResponse:
    """The list alone: for «show more» and for live notices."""
    return render(request, "inbox/_list.html", listing(request))


def listing(request: PersonRequest) -> dict[str, Any]:
    """What the list shows, as the address asks for it."""
    shown = asked(request)
    page = queries.page(request.user, view=shown, cursor=request.GET.get("after", ""))
    selected = request.GET.get("selected", "")
    return {
        **place(request, shown),
        "rows": page.rows,
        "next_cursor": page.next_cursor,
        "selected": int(selected) if selected.isdecimal() else None,
        **({} if page.rows else _why_empty(request.user)),
    }


def _why_empty(user: User) -> dict[str, Any]:
    """Whom to ask, where nothing can ever stand in this person's list."""
    if not queries.left_out(user):
        return {}
    return {"to_ask": admins(), "in_a_team": user.teams.exists()}


def place(request: PersonRequest, shown: View) -> dict[str, Any]:
    """The view, and its name over the list."""
    inbox = Inbox.objects.of(request.user).filter(pk=shown.inbox).first() if shown.inbox else None
    title = inbox.name if inbox else shown.name.capitalize()
    return {"view": shown.name, "status": shown.status, "inbox": inbox, "title": title}


def asked(request: PersonRequest) -> View:
    """The view that the address names; Http404 for one that does not exist."""
    name = request.GET.get("view") or "all"
    status = request.GET.get("status") or "open"
    inbox = request.GET.get("inbox", "")
    known = name in NAMES and status in Conversation.Status.values
    if not known or (inbox and not inbox.isdecimal()):
        raise Http404("There is no such view")
    return View(name, status, int(inbox) if inbox else None)
