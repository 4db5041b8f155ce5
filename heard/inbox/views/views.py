"""Saved views: kept and changed from the list that they show."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from heard.accounts.access import PersonRequest
from heard.inbox import verbs
from heard.inbox.access import saying_why
from heard.inbox.models import SavedView


@require_POST
@saying_why
def keep(request: PersonRequest) -> HttpResponse:
    """Keep what the list shows under a name."""
    return _to(verbs.keep_view(request.user, **_asked(request)))


@require_POST
@saying_why
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Change the view that the list shows."""
    view = get_object_or_404(SavedView.objects.of(request.user), pk=pk)
    return _to(verbs.change_view(request.user, view, **_asked(request)))


@require_POST
@saying_why
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    verbs.delete_view(request.user, get_object_or_404(SavedView.objects.of(request.user), pk=pk))
    return redirect("/inbox")


def _asked(request: PersonRequest) -> dict[str, str]:
    fields = {"name": "", "q": "", "sort": "newest", "whose": "me"}
    return {name: request.POST.get(name, usual) for name, usual in fields.items()}


def _to(view: SavedView) -> HttpResponse:
    return redirect(f"/inbox?view={view.pk}")
