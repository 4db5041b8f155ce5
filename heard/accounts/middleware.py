"""What happens around every page: the first start, and the reader's time zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from heard.accounts import beginning

Page = Callable[[HttpRequest], HttpResponseBase]


def first_admin(page: Page) -> Page:
    """Lead every page to the set-up page while nobody works here."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if beginning.is_over() or request.path == reverse("accounts:setup"):
            return page(request)
        return redirect("accounts:setup")

    return middleware


def time_zone(page: Page) -> Page:
    """Write times in the zone of the person who reads, the office's for everybody else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with timezone.override(_zone_of(request)):
            return page(request)

    return middleware


def _zone_of(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    if not request.user.is_authenticated or not request.user.time_zone:
        return None
    try:
        return zoneinfo.ZoneInfo(request.user.time_zone)
    except zoneinfo.ZoneInfoNotFoundError:
        # Zones get renamed: the person must still reach the page where another is chosen.
        return None
