"""Macros: the page that keeps them, and running one on a conversation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.automation import queries, steps, verbs
from heard.automation.forms import MacroForm
from heard.automation.models import Macro
from heard.automation.verbs.macros import ACT, problem_of, said
from heard.inbox.access import saying_why
from heard.inbox.models import Bulk
from heard.inbox.queries import conversation_of
from heard.refusal import Refusal
from heard.ui import undo


@require_http_methods(["GET", "POST"])
def macros(request: PersonRequest) -> HttpResponse:
    """List what this person sees; keep a new one."""
    form = MacroForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.keep_macro(request.user, form.plan(request.POST.getlist("step")))
            messages.success(request, _("Saved."))
            return redirect("automation:macros")
        except Refusal as refusal:
            _tell(form, refusal)
    listed = queries.macros_of(request.user).most_used_first()
    shown = {"rows": [_row(request, one) for one in listed], "form": form}
    return render(request, "automation/macros.html", {**shown, **_steps(request, None)})


@require_http_methods(["GET", "POST"])
def macro(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change one."""
    one = get_object_or_404(queries.macros_of(request.user), pk=pk)
    form = MacroForm(request.POST or None, person=request.user, one=one)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_macro(request.user, one, form.plan(request.POST.getlist("step")))
            messages.success(request, _("Saved."))
            return redirect("automation:macros")
        except Refusal as refusal:
            _tell(form, refusal)
    one = get_object_or_404(queries.macros_of(request.user), pk=pk)
    shown = {"form": form, **_row(request, one), **_steps(request, one)}
    return render(request, "automation/macro.html", shown)


@require_POST
@saying_why
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget one."""
    one = get_object_or_404(queries.macros_of(request.user), pk=pk)
    verbs.delete_macro(request.user, one)
    messages.success(request, _("«%s» is gone.") % one.name)
    return redirect("automation:macros")


@require_safe
def choices(request: PersonRequest, pk: int) -> HttpResponse:
    """The macros that can be run here: a dialog over the conversation, or a page of its own."""
    conversation = conversation_of(request.user, pk)
    listed = queries.macros_of(request.user).kept_for(request.user).most_used_first()
    rows = [
        {**_row(request, one), "inserts": verbs.words_of(request.user, one, conversation)}
        for one in listed
    ]
    shown = {"conversation": conversation, "rows": rows}
    whole = "" if request.headers.get("HX-Request") else "_page"
    return render(request, f"automation/run{whole}.html", shown)


@require_POST
@saying_why
def run(request: PersonRequest, pk: int, macro: int) -> HttpResponse:
    """Do all that a macro says, and offer the way back."""
    one = conversation_of(request.user, pk)
    chosen = get_object_or_404(queries.macros_of(request.user), pk=macro)
    ran = verbs.run_macro(request.user, chosen, one)
    if ran.bulk:
        way_back = f"/conversations/{one.pk}/macros/{ran.bulk.pk}/undo"
        undo.offer(request, _("Done: %s.") % chosen.name, way_back)
    return redirect(f"/conversations/{one.pk}")


@require_POST
@saying_why
def take_back(request: PersonRequest, pk: int, bulk: int) -> HttpResponse:
    """Put back what a macro changed."""
    one = conversation_of(request.user, pk)
    done = get_object_or_404(Bulk, pk=bulk, user=request.user, act=ACT, ids=[one.pk])
    if not verbs.undo_macro(request.user, done):
        raise Refusal(undo.CHANGED_SINCE, code="changed-since")
    undo.offer(request, _("Undone."), "")
    return redirect(f"/conversations/{one.pk}")


def _row(request: PersonRequest, one: Macro) -> dict[str, Any]:
    return {
        "macro": one,
        "does": said(one),
        "problem": problem_of(one, request.user),
        "may_change": verbs.may_change(request.user, one),
    }


def _steps(request: PersonRequest, one: Macro | None) -> dict[str, Any]:
    kept = [str(step) for step in steps.of(one.acts)] if one else []
    typed = request.POST.getlist("step") if request.method == "POST" else kept
    chosen = [step for step in typed if step]
    return {
        "groups": steps.choices(request.user),
        "chosen": chosen + [""] * (steps.MOST - len(chosen)),
    }


def _tell(form: MacroForm, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.says)
