"""Admins say who looks after which inboxes together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.accounts import verbs
from heard.accounts.access import PersonRequest, admin_only
from heard.accounts.forms import TeamForm
from heard.accounts.models import Team


@admin_only
@require_http_methods(["GET", "POST"])
def teams(request: PersonRequest) -> HttpResponse:
    """List the teams; make one."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.make_team(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:teams")
    listed = Team.objects.prefetch_related("members")
    return render(request, "accounts/teams.html", {"teams": listed, "form": form})


@admin_only
@require_http_methods(["GET", "POST"])
def team(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change one team."""
    one = get_object_or_404(Team, pk=pk)
    form = TeamForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        verbs.change_team(one, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:teams")
    return render(request, "accounts/team.html", {"team": one, "form": form})
