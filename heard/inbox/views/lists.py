"""The list of conversations."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from heard.accounts.access import PersonRequest
from heard.accounts.models import Team, User
from heard.accounts.verbs import admins
from heard.inbox import lists, search, verbs
from heard.inbox.filters.filter import Term
from heard.inbox.lists import ORDERS, PLACES, STATUSES, Rows, View
from heard.inbox.models import Inbox, SavedView, Tag
from heard.inbox.models.conversation import name_tags
from heard.refusal import Refusal

# What the form beside the list asks for, and the field of a Filter that each stands for.
ASKED = {
    "assigned": "assigned",
    "team": "team",
    "tag": "tag",
    "from": "from",
    "has": "has",
    "since": "after",
    "until": "before",
}
TITLES = {"unanswered": "Waiting for an answer", "quiet": "Gone quiet"}


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


@require_safe
def narrow(request: PersonRequest) -> HttpResponse:
    """The form that narrows the list, or keeps what it shows as a view."""
    shown = {"shown": asked(request), "may_ask": Choices(request.user)}
    return render(request, "inbox/_narrow_form.html", shown)


def listing(request: PersonRequest) -> dict[str, Any]:
    """What the list shows, as the address asks for it."""
    shown = asked(request)
    page, problem = _page(request, shown)
    name_tags(page.rows)
    selected = request.GET.get("selected", "")
    return {
        **place(request, shown),
        "rows": page.rows,
        "next_cursor": page.next_cursor,
        "problem": problem,
        "found_people": [] if problem else _people(request, shown),
        "selected": int(selected) if selected.isdecimal() else None,
        **({} if page.rows else _why_empty(request.user)),
    }


def _page(request: PersonRequest, shown: View) -> tuple[Rows, str]:
    """A page of the view, or none and why its filter can't be applied."""
    try:
        return search.search(request.user, shown, request.GET.get("after", "")), ""
    except Refusal as refusal:
        return Rows([], None), refusal.says


def _people(request: PersonRequest, shown: View) -> list[Any]:
    first = not request.GET.get("after")
    return search.people(request.user, shown) if shown.name == "search" and first else []


def _why_empty(user: User) -> dict[str, Any]:
    """Whom to ask, where nothing can ever stand in this person's list."""
    if not lists.left_out(user):
        return {}
    return {"to_ask": admins(), "in_a_team": user.teams.exists()}


def place(request: PersonRequest, shown: View) -> dict[str, Any]:
    """The view, and its name over the list."""
    inbox = Inbox.objects.of(request.user).filter(pk=shown.inbox).first() if shown.inbox else None
    return {
        "shown": shown,
        "view": shown.name,
        "status": shown.status,
        "inbox": inbox,
        "title": _title(shown, inbox),
    }


def _title(shown: View, inbox: Inbox | None) -> str:
    if inbox:
        return inbox.name
    return shown.saved.name if shown.saved else TITLES.get(shown.name, shown.name.capitalize())


class Choices:
    """What the form of a filter offers, each looked up when it is drawn."""

    def __init__(self, user: User) -> None:
        self._user = user

    @property
    def tags(self) -> list[Tag]:
        """Every tag."""
        return list(Tag.objects.all())

    @property
    def teams(self) -> list[Team]:
        """Every team."""
        return list(Team.objects.all())

    @property
    def own_teams(self) -> list[Team]:
        """The teams this person may keep a view for: their own, an admin any."""
        return list(verbs.teams_to_tell(self._user))

    @property
    def may_tell_everyone(self) -> bool:
        """Whether this person may keep a view for everyone."""
        return verbs.may_tell_everyone(self._user)

    @property
    def colleagues(self) -> list[User]:
        """Everyone who works here, but for oneself."""
        return list(User.objects.filter(is_active=True).exclude(pk=self._user.pk))


def asked(request: PersonRequest) -> View:
    """The view that the address names; Http404 for one that does not exist."""
    asks = request.GET
    name, saved = asks.get("view") or "all", None
    if name.isdecimal():
        saved = get_object_or_404(SavedView.objects.of(request.user), pk=name)
    usual = "any" if name == "search" else "open"
    status, inbox, sort = asks.get("status") or usual, asks.get("inbox", ""), asks.get("sort", "")
    known = (saved or name in PLACES) and status in STATUSES and sort in {"", *ORDERS}
    if not known or (inbox and not inbox.isdecimal()):
        raise Http404("There is no such view")
    return View(name, status, int(inbox) if inbox else None, _asked_for(request), sort, saved)


def _asked_for(request: PersonRequest) -> str:
    """The text of the filter, with what a form asks for in fields of its own."""
    fields = {ASKED[name]: request.GET.getlist(name) for name in ASKED if name in request.GET}
    terms = [
        Term(field, (value.replace('"', ""),))
        for field, values in fields.items()
        for value in values
        if value.strip()
    ]
    written = request.GET.get("q", "").strip()
    return " ".join([written, *(str(term) for term in terms)]).strip()
