"""Everybody's own page, and the ways out of it to allauth's."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from heard.accounts import verbs
from heard.accounts.access import PersonRequest
from heard.accounts.forms import ProfileForm


@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Show and change one's name and time zone."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        verbs.change_profile(request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    shown = {"form": form, "may_add_step": bool(settings.MFA_SUPPORTED_TYPES)}
    return render(request, "accounts/profile.html", shown)


@require_safe
def settings_home(request: PersonRequest) -> HttpResponse:
    """Go to what this person most likely wants to set."""
    return redirect("gateway:inboxes" if request.user.is_admin else "accounts:profile")


@login_not_required
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say how to get a new password; stands where allauth would promise a mail."""
    return render(request, "accounts/forgotten.html")
