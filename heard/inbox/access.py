"""A verb's refusal becomes a sentence for the person, and nothing they typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from heard.accounts.access import PersonRequest
from heard.refusal import Refusal

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]


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
