"""What one was told of, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.notifications import queries, verbs
from heard.notifications.forms import PreferencesForm
from heard.notifications.models import Subscription
from heard.notifications.push import public_key
from heard.notifications.words import says


@require_safe
def news(request: PersonRequest) -> HttpResponse:
    """Everything, by conversation, the newest first."""
    before = request.GET.get("before", "")
    found = queries.news_of(request.user, int(before) if before.isdecimal() else None)
    shown = {"news": found, "says": says, "is_first": not before}
    return render(request, "notifications/news.html", shown)


@require_safe
def bell(request: PersonRequest) -> HttpResponse:
    """The bell alone, with its number."""
    return render(request, "notifications/_bell.html", {"bell": queries.unread(request.user)})


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Mark everything as read."""
    verbs.read_all(request.user)
    return redirect("notifications:news")


@require_http_methods(["GET", "POST"])
def preferences(request: PersonRequest) -> HttpResponse:
    """How one wants to be told."""
    kept = verbs.preferences_of(request.user)
    form = PreferencesForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        verbs.prefer(request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences")
    shown = {
        "form": form,
        "kept": kept,
        "browsers": Subscription.objects.filter(user=request.user),
        "push_key": public_key(),
    }
    return render(request, "notifications/preferences.html", shown)
