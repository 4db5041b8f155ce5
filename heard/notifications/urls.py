"""Addresses of what one was told of."""

from __future__ import annotations

from django.urls import path

from heard.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications", views.news, name="news"),
    path("notifications/bell", views.bell, name="bell"),
    path("notifications/reading", views.read_all, name="read_all"),
    path("settings/notifications/", views.preferences, name="preferences"),
]
