"""The sign-in page, and what a part of a page is told instead of it."""

from __future__ import annotations

from allauth.account.views import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page of allauth's; 401 for htmx, which was led here and would swap it into the page."""
    if request.headers.get("HX-Request") and not request.user.is_authenticated:
        return HttpResponse(_("You are signed out."), status=401, content_type="text/plain")
    page: HttpResponse = login(request)
    return page
