"""Addresses of what a person decides about the ledgers."""

from __future__ import annotations

from django.urls import path

from heard.readings import views

urlpatterns = [
    path("asks/<int:pk>/state", views.ask_state, name="ask_state"),
    path("commitments/<int:pk>/state", views.commitment_state, name="commitment_state"),
]
