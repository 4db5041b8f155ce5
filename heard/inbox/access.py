"""A verb's refusal becomes a sentence for the person, and nothing they typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from heard.accounts.access import PersonRequest
from heard.inbox.models import Conversation, Heir
from heard.refusal import Refusal

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]


def to_heirs(
    view: Callable[[PersonRequest, int], HttpResponse],
) -> Callable[[PersonRequest, int], HttpResponse]:
    """Lead whoever asks for a merged conversation to the one that it became part of.

    An open page of the old one goes there as a whole, whatever part of it was asked for.
    """

    @wraps(view)
    def led(request: PersonRequest, pk: int) -> HttpResponse:
        heir = Heir.objects.filter(old_id=pk).values_list("conversation_id", flat=True).first()
        if heir is None or not Conversation.objects.of(request.user).filter(pk=heir).exists():
            return view(request, pk)
        path = f"/conversations/{heir}"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": path})
        return redirect(path)

    return led


def saying_why(view: View[P]) -> View[P]:
    """Turn a Refusal into words on the page the person came from.

    htmx gets the sentence alone with 422, which the page shows beside the form.
    """

    @wraps(view)
    def wrapped(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            if request.headers.get("HX-Request"):
                return HttpResponse(refusal.says, status=422, content_type="text/plain")
            messages.error(request, refusal.says)
            return redirect(request.headers.get("Referer") or "/inbox")

    return wrapped


def back_to(request: PersonRequest, default: str) -> HttpResponse:
    """Lead back to the page of ours that a form names, else to the default."""
    named = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(named, allowed_hosts=None)
    return redirect(named if named.startswith("/") and ours else default)
