"""Addresses of the pages about service levels."""

from __future__ import annotations

from django.urls import path

from heard.levels import views

app_name = "levels"
urlpatterns = [
    path("conversations/<int:pk>/level", views.level, name="level"),
    path("settings/levels/", views.policies, name="policies"),
    path("settings/levels/new/", views.new, name="new"),
    path("settings/levels/count/", views.count, name="count"),
    path("settings/levels/<int:pk>/", views.policy, name="policy"),
    path("settings/levels/<int:pk>/deletion/", views.deletion, name="deletion"),
    path("settings/levels/<int:pk>/place/", views.moving, name="moving"),
]
