"""Taking the next conversation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from heard.accounts.access import PersonRequest
from heard.inbox import verbs
from heard.inbox.access import saying_why


@require_POST
@saying_why
def take_next(request: PersonRequest) -> HttpResponse:
    """Take what waits longest and open it."""
    one = verbs.take_next(request.user)
    return redirect(f"/conversations/{one.pk}?view=mine")
