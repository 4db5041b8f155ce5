"""The address every browser asks for by itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import path
from django.views.generic import RedirectView

# Pages link the mark themselves; what is no page, such as JSON, can't.
mark = login_not_required(RedirectView.as_view(url=static("ui/mark.svg"), permanent=True))

urlpatterns = [path("favicon.ico", mark, name="favicon")]
