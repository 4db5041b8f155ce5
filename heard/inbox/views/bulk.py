"""Acting on many conversations: beginning, watching how far it is, undoing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.inbox import verbs
from heard.inbox.access import saying_why
from heard.inbox.acts import KINDS
from heard.inbox.models import Bulk
from heard.inbox.views.lists import Choices, asked

# Values that the form asks for by themselves, by what an act takes.
VALUES = ("person", "team", "tag", "time")


@require_POST
@saying_why
def begin(request: PersonRequest) -> HttpResponse:
    """Do one thing with the rows chosen, or with all that the list means."""
    act = request.POST.get("act", "")
    takes = KINDS[act].takes if act in KINDS else ""
    value = request.POST.get(f"{takes}_other") or request.POST.get(takes, "") if takes else ""
    if request.POST.get("all") == "yes":
        bulk = verbs.act_on(request.user, act, value, q=str(asked(request).filter))
    else:
        ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()]
        bulk = verbs.act_on(request.user, act, value, ids=ids)
    return _shown(request, bulk)


@require_safe
def progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far it is."""
    return _shown(request, _bulk_of(request, pk))


@require_POST
@saying_why
def undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Put everything back as it was."""
    return _shown(request, verbs.undo(request.user, _bulk_of(request, pk)))


@require_safe
def choices(request: PersonRequest) -> HttpResponse:
    """What can be done with the rows chosen."""
    shown = {"kinds": KINDS, "may_ask": Choices(request.user), "shown": asked(request)}
    return render(request, "inbox/_bulk_form.html", shown)


def _bulk_of(request: PersonRequest, pk: int) -> Bulk:
    # A macro keeps such a row too, for its undo, and shows it elsewhere.
    return get_object_or_404(Bulk, user=request.user, pk=pk, act__in=KINDS)


def _shown(request: PersonRequest, bulk: Bulk) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect(request.headers.get("Referer") or "/inbox")
    shown = {"bulk": bulk, "says": KINDS[bulk.act].says}
    return render(request, "inbox/_bulk_progress.html", shown)
