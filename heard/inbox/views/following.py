"""Following a conversation, and whom one may call into it."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.inbox import queries, verbs


@require_POST
def follow(request: PersonRequest, pk: int) -> HttpResponse:
    """Hear of it from now on."""
    one = queries.conversation_of(request.user, pk)
    verbs.follow(request.user, one)
    return redirect(f"/conversations/{one.pk}")


@require_POST
def unfollow(request: PersonRequest, pk: int) -> HttpResponse:
    """Hear of it no longer."""
    one = queries.conversation_of(request.user, pk)
    verbs.unfollow(request.user, one)
    return redirect(f"/conversations/{one.pk}")


@require_safe
def colleagues(request: PersonRequest, pk: int) -> JsonResponse:
    """Those who reach it: the names the composer offers after an @."""
    one = queries.conversation_of(request.user, pk)
    people = queries.assignable(one).exclude(pk=request.user.pk)
    return JsonResponse({"people": [{"name": p.name, "away": p.is_away} for p in people]})
