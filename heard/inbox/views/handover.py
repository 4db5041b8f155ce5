"""Handing a conversation over, and what its reader sees first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heard import flow
from heard.accounts.access import PersonRequest
from heard.accounts.models import Team, User
from heard.inbox import queries, verbs
from heard.inbox.access import saying_why
from heard.inbox.models import Conversation
from heard.inbox.verbs import Handover


@require_http_methods(["GET", "POST"])
@saying_why
def handover(request: PersonRequest, pk: int) -> HttpResponse:
    """To whom, with which brief: a dialog over the conversation, or a page of its own."""
    one = queries.conversation_of(request.user, pk)
    if request.method == "POST":
        verbs.hand_over(request.user, one, _asked(request))
        reached = Conversation.objects.of(request.user).filter(pk=one.pk).exists()
        return redirect(f"/conversations/{one.pk}" if reached else "/inbox")
    template = (
        "inbox/_handover.html" if request.headers.get("HX-Request") else "inbox/handover.html"
    )
    return render(request, template, _form(request.user, one))


@require_safe
def handed_over(request: PersonRequest, pk: int) -> HttpResponse:
    """The brief alone, over the composer until somebody answers."""
    one = queries.conversation_of(request.user, pk)
    shown = {"conversation": one, "handed_over": queries.handed_over(queries.thread(one))}
    return render(request, "inbox/_handed_over.html", shown)


def _form(user: User, one: Conversation) -> dict[str, Any]:
    return {
        "conversation": one,
        "people": queries.assignable(one).exclude(pk=user.pk),
        "teams": queries.teams_for(one),
        **flow.beside("handover", one),
    }


def _asked(request: PersonRequest) -> Handover:
    """What the form says; `to` is «user:3» or «team:2»."""
    kind, _, number = request.POST.get("to", "").partition(":")
    known = number.isdecimal()
    return Handover(
        to=get_object_or_404(User, pk=number) if known and kind == "user" else None,
        team=get_object_or_404(Team, pk=number) if known and kind == "team" else None,
        words=request.POST.get("words", ""),
        brief=request.POST.get("brief", ""),
        follow=request.POST.get("follow") == "on",
    )
