"""Merging, splitting and linking: dialogs over a conversation, each a page of its own as well."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.accounts.models import User
from heard.inbox import queries, search, verbs
from heard.inbox.access import saying_why
from heard.inbox.lists import View
from heard.inbox.models import Conversation
from heard.inbox.verbs.moving import LETTERS
from heard.refusal import Refusal
from heard.ui import undo

OFFERED = 6
PREVIEWED = 12


@require_safe
def others(request: PersonRequest, pk: int) -> HttpResponse:
    """Which other conversation what is typed in `other` may mean: the customer's own first."""
    one = queries.conversation_of(request.user, pk)
    typed = request.GET.get("other", "").strip()
    found = _meant(request.user, one, typed) if typed else queries.earlier(request.user, one)
    return render(request, "inbox/_other_choices.html", {"others": found, "typed": typed})


def _meant(user: User, one: Conversation, typed: str) -> list[Conversation]:
    """By number, then the customer's own by subject, then whatever a search finds."""
    own = [each for each in queries.earlier(user, one) if typed.lower() in each.subject.lower()]
    try:
        rows = search.search(user, View("search", "any", q=typed), size=OFFERED).rows
    except Refusal:
        rows = []  # half a filter is no mistake while somebody types
    found = {each.pk: each for each in (*_numbered(user, typed), *own, *rows) if each.pk != one.pk}
    return list(found.values())[:OFFERED]


def _numbered(user: User, typed: str) -> list[Conversation]:
    number = typed.removeprefix("#").split(" ")[0]
    if not number.isdecimal() or len(number) > 15:
        return []
    return list(Conversation.objects.of(user).filter(pk=number).select_related("contact"))


@require_http_methods(["GET", "POST"])
@saying_why
def merge(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the other one, see what becomes of both, then merge them."""
    one = queries.conversation_of(request.user, pk)
    if request.method == "POST":
        return _merged(request, one, _other(request, request.POST.get("other", "")))
    if typed := request.GET.get("other", ""):
        return _page(request, "merge", _preview(one, _other(request, typed)))
    return _page(request, "choose", {"conversation": one, "act": "merge"})


def _merged(request: PersonRequest, one: Conversation, other: Conversation) -> HttpResponse:
    keeps_this = request.POST.get("keep", "this") == "this"
    source, target = (other, one) if keeps_this else (one, other)
    verbs.join(request.user, source, target)
    says = _("Merged with “%(other)s”.") % {"other": other if keeps_this else one}
    undo.offer(request, says, f"/conversations/{target.pk}/parts", old=source.pk)
    return _gone_to(request, target)


def _preview(one: Conversation, other: Conversation) -> dict[str, Any]:
    """The two as one: their newest messages in order, who will have it, and who will see it."""
    both = queries.messages_of([one, other])
    number = both.count()
    boxes = queries.inboxes_named([*one.inbox_ids, *other.inbox_ids])
    return {
        "conversation": one,
        "other": other,
        "said": list(both.order_by("-at", "-id")[:PREVIEWED])[::-1],
        "earlier": max(0, number - PREVIEWED),
        "holder": one.assignee or other.assignee,
        "boxes": boxes,
        "wider": set(one.inbox_ids) != set(other.inbox_ids),
        "older": one if one.opened_at <= other.opened_at else other,
    }


@require_POST
@saying_why
def take_out(request: PersonRequest, pk: int) -> HttpResponse:
    """Make what was merged into this one a conversation of its own again."""
    one = queries.conversation_of(request.user, pk)
    old = request.POST.get("old", "")
    made = verbs.take_out(request.user, one, int(old) if old.isdecimal() else 0)
    says = _("“%(other)s” is a conversation of its own again.") % {"other": made}
    path = f"/conversations/{one.pk}/merge"
    undo.offer(request, says, path, other=made.pk, keep="this")
    return _gone_to(request, made)


@require_http_methods(["GET", "POST"])
@saying_why
def split(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose letters and make them a conversation of their own."""
    one = queries.conversation_of(request.user, pk)
    if request.method != "POST":
        chosen = request.GET.get("message", "")
        said = [each for each in queries.thread(one) if each.kind in (*LETTERS, "note")]
        shown = {"conversation": one, "said": said, "chosen": chosen}
        return _page(request, "split", shown)
    ids = [int(each) for each in request.POST.getlist("messages") if each.isdecimal()]
    made = verbs.split(request.user, one, ids, request.POST.get("subject", ""))
    says = _("“%(other)s” is a conversation of its own.") % {"other": made}
    undo.offer(request, says, f"/conversations/{one.pk}/merge", other=made.pk, keep="this")
    return redirect(f"/conversations/{made.pk}")


@require_http_methods(["GET", "POST"])
@saying_why
def link(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose another conversation that has to do with this one, and link the two."""
    one = queries.conversation_of(request.user, pk)
    if request.method != "POST":
        return _page(request, "choose", {"conversation": one, "act": "link"})
    other = _other(request, request.POST.get("other", ""))
    verbs.link(request.user, one, other)
    says = _("Linked to “%(other)s”.") % {"other": other}
    undo.offer(request, says, f"/conversations/{one.pk}/links/{other.pk}/delete")
    return redirect(f"/conversations/{one.pk}")


@require_POST
@saying_why
def unlink(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Remove the link between two conversations."""
    one = queries.conversation_of(request.user, pk)
    linked = queries.conversation_of(request.user, other)
    verbs.unlink(request.user, one, linked)
    says = _("The link to “%(other)s” is gone.") % {"other": linked}
    undo.offer(request, says, f"/conversations/{one.pk}/links", other=linked.pk)
    return redirect(f"/conversations/{one.pk}")


def _gone_to(request: PersonRequest, one: Conversation) -> HttpResponse:
    """To a conversation that is another one now: after an undo the page as a whole, since its
    composer would still write to the people of before."""
    path = f"/conversations/{one.pk}"
    if request.POST.get("undoing") and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": path})
    return redirect(path)


def _other(request: PersonRequest, typed: str) -> Conversation:
    """The other conversation, by the number that stands first; Refusal when there is none."""
    number = typed.strip().removeprefix("#").split(" ")[0]
    try:
        return queries.conversation_of(request.user, int(number) if number.isdecimal() else 0)
    except (Http404, ValueError) as error:
        says = _("There is no such conversation. Choose one from the list.")
        raise Refusal(says, code="unknown", field="other") from error


def _page(request: PersonRequest, name: str, shown: dict[str, Any]) -> HttpResponse:
    """The dialog's inside for htmx, else a page around it."""
    part = f"inbox/_{name}.html"
    if request.headers.get("HX-Request"):
        return render(request, part, shown)
    return render(request, "inbox/arranging.html", {**shown, "part": part})
