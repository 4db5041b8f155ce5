"""Service levels: over a conversation, and in the settings, where leads see and admins change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.accounts.access import PersonRequest, admin_only, leads_see
from heard.inbox.queries import conversation_of
from heard.levels import queries, verbs
from heard.levels.forms import PolicyForm
from heard.levels.models import Policy
from heard.levels.queries import Count
from heard.levels.words import sentences
from heard.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Shown:
    """A policy as its page tells of it. trouble: why it fits nothing at the moment."""

    policy: Policy
    sentences: list[str]
    count: Count | None
    trouble: str


@require_safe
def level(request: PersonRequest, pk: int) -> HttpResponse:
    """What falls due in one conversation: the line over its letters."""
    one = conversation_of(request.user, pk)
    shown = {"conversation": one, "levels": queries.levels_of(one)}
    return render(request, "inbox/_level.html", shown)


@leads_see
@require_safe
def policies(request: PersonRequest) -> HttpResponse:
    """List the policies in order."""
    every = list(queries.policies())
    texts = [one.applies_to for one in every]
    shown = [_shown(one, texts[:place]) for place, one in enumerate(every)]
    return render(request, "levels/policies.html", {"policies": shown})


@admin_only
@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Make one."""
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.make_policy(form.promise(), by=request.user)
        messages.success(request, _("Saved. What is open is being held against it now."))
        return redirect("levels:policies")
    return render(request, "levels/policy.html", {"form": form, "policy": None})


@admin_only
@require_http_methods(["GET", "POST"])
def policy(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change one."""
    one = get_object_or_404(Policy, pk=pk)
    form = PolicyForm(request.POST or None, policy=one)
    if request.method == "POST" and form.is_valid():
        verbs.change_policy(one, form.promise(), by=request.user)
        messages.success(request, _("Saved. What is open is being held against it now."))
        return redirect("levels:policies")
    return render(request, "levels/policy.html", {"form": form, "policy": one, **_counted(one)})


@admin_only
@require_safe
def count(request: PersonRequest) -> HttpResponse:
    """How many open conversations the text that is being typed means."""
    shown = _count(request.GET.get("applies_to", ""))
    return render(request, "levels/_count.html", {"count": shown[0], "trouble": shown[1]})


@admin_only
@require_POST
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Remove one."""
    one = get_object_or_404(Policy, pk=pk)
    verbs.delete_policy(one, by=request.user)
    messages.success(request, _("«%s» is gone. What was met and missed under it stays.") % one.name)
    return redirect("levels:policies")


@admin_only
@require_POST
def moving(request: PersonRequest, pk: int) -> HttpResponse:
    """Move one a place up or down."""
    one = get_object_or_404(Policy, pk=pk)
    verbs.move_policy(one, by=request.user, earlier=request.POST.get("to") == "up")
    return redirect("levels:policies")


def _shown(policy: Policy, above: list[str]) -> Shown:
    number, trouble = _count(policy.applies_to, above)
    return Shown(policy, sentences(policy), number, trouble)


def _counted(policy: Policy) -> dict[str, object]:
    number, trouble = _count(policy.applies_to)
    return {"count": number, "trouble": trouble}


def _count(applies_to: str, above: Iterable[str] = ()) -> tuple[Count | None, str]:
    try:
        return queries.open_count(applies_to, above), ""
    except Refusal as refusal:
        return None, refusal.says
