"""What every call passes on its way in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt

from heard.api.problems import Problem, answer, of_error

View = Callable[..., HttpResponseBase]


def opened(pattern: URLPattern) -> URLPattern:
    """The same address, its view behind the entrance."""
    view = entrance(pattern.callback)
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


def entrance(view: View) -> View:
    """The view for programs: no session is asked for, and every error is a problem document.

    Cookies count for nothing here, so there is nothing for CSRF to forge.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(_as_get(request), *args, **kwargs)
        except Http404 as error:
            response = answer(of_error(error))
        if isinstance(response, HttpResponseNotAllowed):
            response = _not_allowed(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return entered


def nowhere(_request: HttpRequest, **_rest: Any) -> HttpResponseBase:
    """Every address below the API that is not there."""
    raise Http404


def _as_get(request: HttpRequest) -> HttpRequest:
    # RFC 9110, 9.3.2: HEAD is GET whose body the server leaves out.
    if request.method == "HEAD":
        request.method = "GET"
    return request


def _not_allowed(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponseBase:
    allowed = ", ".join(sorted(refused.headers["Allow"].split(", ")))
    says = f"{request.method} does not fit here; {allowed} would."
    return answer(Problem("method", says, headers={"Allow": allowed}))
