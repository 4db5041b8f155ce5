"""Addresses of what one was told of."""

from __future__ import annotations

from django.urls import path

from heard.notifications import browsers, views

app_name = "notifications"
urlpatterns = [
    path("notifications", views.news, name="news"),
    path("notifications/bell", views.bell, name="bell"),
    path("notifications/reading", views.read_all, name="read_all"),
    path("push-worker.js", browsers.worker, name="worker"),
    path("settings/notifications/browsers/", browsers.add, name="browsers"),
    path("settings/notifications/browsers/<int:pk>/delete/", browsers.remove, name="remove"),
    path("settings/notifications/browsers/<int:pk>/try/", browsers.try_out, name="try_out"),
    path("settings/notifications/", views.preferences, name="preferences"),
]
