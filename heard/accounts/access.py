"""Who may see a page. A stranger is told that there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from heard.accounts.models import Role, User

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request whose sender has signed in: LoginRequiredMiddleware has seen to it."""

    user: User


def admin_only(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """The view for admins, 404 for everybody else."""

    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_admin:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def leads_see(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """The view for admins; leads may look at it, 404 for everybody else."""

    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        looks = request.method in ("GET", "HEAD") and request.user.role == Role.LEAD
        if not (looks or request.user.is_admin):
            raise Http404
        return view(request, *args, **kwargs)

    return checked
