"""Addresses of the coach."""

from __future__ import annotations

from django.urls import path

from heard.coaching import views

urlpatterns = [path("conversations/<int:pk>/advice", views.advice, name="advice")]
