"""Every address, room by room."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("heard.inbox.urls")),
    path("", include("heard.readings.urls")),
    path("", include("heard.automation.urls")),
    path("", include("heard.coaching.urls")),
    path("", include("heard.gateway.urls")),
    path("", include("heard.notifications.urls")),
    path("", include("heard.levels.urls")),
    path("", include("heard.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("api/v1/", include("heard.api.urls")),
    path("", include("heard.ui.urls")),
]
