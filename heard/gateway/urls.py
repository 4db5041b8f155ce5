"""Addresses of the border's pages."""

from __future__ import annotations

from django.urls import path

from heard.gateway import views

urlpatterns = [
    path("attention", views.attention, name="attention"),
    path("envelopes/<int:pk>/opening", views.open_again, name="open_again"),
    path("envelopes/<int:pk>/source", views.envelope_source, name="envelope_source"),
    path("messages/<int:pk>/source", views.message_source, name="message_source"),
    path("queue", views.queue, name="queue"),
]
