"""Admins look after who works here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from heard.accounts import invitations, verbs
from heard.accounts.absence import set_capacity
from heard.accounts.access import PersonRequest, admin_only
from heard.accounts.forms import CapacityForm, PersonForm
from heard.accounts.models import User
from heard.refusal import Refusal


@admin_only
@never_cache
@require_http_methods(["GET", "POST"])
def people(request: PersonRequest) -> HttpResponse:
    """List everybody; add a colleague, whose page then shows the link for a password once."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = verbs.add_person(by=request.user, **form.cleaned_data)
        return _page(request, added, link=_link(request, added))
    colleagues = User.objects.prefetch_related("teams").order_by("-is_active", "name", "pk")
    return render(request, "accounts/people.html", {"people": colleagues, "form": form})


@admin_only
@require_http_methods(["GET", "POST"])
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change one colleague."""
    colleague = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, instance=colleague)
    if request.method == "POST" and form.is_valid() and _change(request, colleague, form):
        return redirect("accounts:people")
    return _page(request, colleague, form=form)


@admin_only
@never_cache
@require_POST
def invitation(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a new link for a password and show it, this once."""
    colleague = get_object_or_404(User, pk=pk, is_active=True)
    return _page(request, colleague, link=_link(request, colleague))


@admin_only
@require_POST
def deactivation(request: PersonRequest, pk: int) -> HttpResponse:
    """End a colleague's access."""
    colleague = get_object_or_404(User, pk=pk)
    try:
        verbs.deactivate(colleague, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.says)
        return redirect("accounts:person", pk)
    messages.success(request, _("%s can no longer sign in.") % colleague)
    return redirect("accounts:people")


@admin_only
@require_POST
def reactivation(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a colleague in again."""
    colleague = get_object_or_404(User, pk=pk)
    verbs.reactivate(colleague, by=request.user)
    messages.success(request, _("%s can sign in again.") % colleague)
    return redirect("accounts:people")


@admin_only
@require_POST
def capacity(request: PersonRequest, pk: int) -> HttpResponse:
    """Say how much a colleague takes."""
    colleague = get_object_or_404(User, pk=pk)
    form = CapacityForm(request.POST, person=colleague)
    if not form.is_valid():
        return _page(request, colleague, capacity_form=form)
    for channel, most in form.cleaned_data.items():
        set_capacity(colleague, by=request.user, channel=channel, most=most)
    messages.success(request, _("Saved."))
    return redirect("accounts:people")


def _change(request: PersonRequest, colleague: User, form: PersonForm) -> bool:
    try:
        verbs.change_person(colleague, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.says)
        return False
    messages.success(request, _("Saved."))
    return True


def _link(request: PersonRequest, colleague: User) -> str:
    return request.build_absolute_uri(invitations.invite(colleague, by=request.user))


def _page(
    request: PersonRequest,
    colleague: User,
    *,
    form: PersonForm | None = None,
    capacity_form: CapacityForm | None = None,
    link: str = "",
) -> HttpResponse:
    shown = {
        "person": colleague,
        "form": form or PersonForm(instance=colleague),
        "capacity_form": capacity_form or CapacityForm(person=colleague),
        "link": link,
    }
    return render(request, "accounts/person.html", shown)
