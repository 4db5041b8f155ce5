"""Addresses of the API. Whatever is not among them is a problem document too."""

from __future__ import annotations

from django.urls import URLPattern, include, path, re_path
from django.views.generic import RedirectView

from heard.api import openapi
from heard.api.entrance import nowhere, opened
from heard.api.v1 import api

_patterns, _app, _namespace = api.urls

_addresses = [
    path("", RedirectView.as_view(pattern_name="api-v1:docs")),
    path("openapi.json", openapi.schema, name="schema"),
    path("docs", openapi.page, name="docs"),
    *(each for each in _patterns if isinstance(each, URLPattern)),
    re_path("", nowhere),
]

urlpatterns = [path("", include(([opened(each) for each in _addresses], _app), _namespace))]
