"""Being away, said with one click; and what becomes of those who wait meanwhile."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.accounts.absence import come_back, go_away
from heard.accounts.access import PersonRequest
from heard.inbox import queries
from heard.inbox.forms import AwayForm
from heard.refusal import Refusal


@require_http_methods(["GET", "POST"])
def away(request: PersonRequest) -> HttpResponse:
    """The page that asks for the rest, which need not be answered: one is away already."""
    form = AwayForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and _go(request, form):
        return redirect("/inbox")
    shown = {"form": form, "waiting": queries.waiting_for(request.user)}
    return render(request, "inbox/away.html", shown)


def _go(request: PersonRequest, form: AwayForm) -> bool:
    try:
        go_away(request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field or None, refusal.says)
        return False
    messages.success(request, _("Saved. You are away."))
    return True


@require_POST
def leave(request: PersonRequest) -> HttpResponse:
    """Be away from now on."""
    if not request.user.is_away:
        go_away(request.user)
    return redirect("away")


@require_POST
def back(request: PersonRequest) -> HttpResponse:
    """Be here again."""
    come_back(request.user)
    messages.success(request, _("You are here again. New conversations may come to you."))
    return redirect("/inbox?view=mine")
