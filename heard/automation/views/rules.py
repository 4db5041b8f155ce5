"""Rules: admins make them and try them out; leads read what they say and did."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.accounts.access import PersonRequest, admin_only, leads_see
from heard.automation import queries, steps, verbs
from heard.automation.models import Rule
from heard.automation.occasions import OCCASIONS
from heard.automation.rule_forms import RuleForm
from heard.automation.verbs import Terms
from heard.inbox.access import saying_why
from heard.refusal import Refusal


@leads_see
@require_http_methods(["GET", "POST"])
def rules(request: PersonRequest) -> HttpResponse:
    """List the rules in their order; make one, or only try it out."""
    form = RuleForm(request.POST or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            terms = form.terms(request.POST.getlist("step"))
            if "trial" in request.POST:
                shown = {"trial": verbs.try_out(request.user, terms), "terms": _words(terms)}
            else:
                made = verbs.keep_rule(request.user, terms)
                messages.success(request, _("Saved. It is off until you switch it on."))
                return redirect("automation:rule", made.pk)
        except Refusal as refusal:
            _tell(form, refusal)
    rows = [(one, _sentence(one)) for one in Rule.objects.all()]
    return render(
        request,
        "automation/rules.html",
        {"rows": rows, "form": form, **_allowed(request), **shown, **_steps(request, None)},
    )


@leads_see
@require_http_methods(["GET", "POST"])
def rule(request: PersonRequest, pk: int) -> HttpResponse:
    """One rule: what it says, what it would have done, and what it did."""
    one = get_object_or_404(Rule, pk=pk)
    form = RuleForm(request.POST or None, one=one)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            terms = form.terms(request.POST.getlist("step"))
            if "trial" in request.POST:
                shown = {"trial": verbs.try_out(request.user, terms), "terms": _words(terms)}
            else:
                verbs.change_rule(request.user, one, terms)
                messages.success(request, _("Saved."))
                return redirect("automation:rule", pk)
        except Refusal as refusal:
            _tell(form, refusal)
    one = get_object_or_404(Rule, pk=pk)
    log = queries.firings_of(request.user, one, request.GET.get("before", ""))
    shown |= {"rule": one, "sentence": _sentence(one), "form": form, "log": log}
    shown |= {"occasions": OCCASIONS, **_allowed(request)}
    return render(request, "automation/rule.html", {**shown, **_steps(request, one)})


@admin_only
@require_POST
@saying_why
def switch(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a rule act, or no longer."""
    one = get_object_or_404(Rule, pk=pk)
    verbs.switch_rule(request.user, one, on=request.POST.get("on") == "yes")
    return redirect(request.headers.get("Referer") or "automation:rules")


@admin_only
@require_POST
@saying_why
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a rule one place earlier or later."""
    step = 1 if request.POST.get("to") == "later" else -1
    verbs.move_rule(request.user, get_object_or_404(Rule, pk=pk), step)
    return redirect("automation:rules")


@admin_only
@require_POST
@saying_why
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget a rule and its log."""
    one = get_object_or_404(Rule, pk=pk)
    verbs.delete_rule(request.user, one)
    messages.success(request, _("«%s» is gone.") % one.name)
    return redirect("automation:rules")


def _allowed(request: PersonRequest) -> dict[str, bool]:
    return {"may_rule": verbs.may_rule(request.user)}


def _sentence(one: Rule) -> str:
    """«When a letter comes in, if tag:vip, then assign to Priya Raman.»"""
    return _words(Terms(name=one.name, when=one.when, q=one.q, steps=steps.of(one.acts)))


def _words(terms: Terms) -> str:
    when = OCCASIONS.get(terms.when, terms.when)
    condition = _(", if %s") % terms.q if terms.q else ""
    return _("When %(when)s%(condition)s, then %(acts)s.") % {
        "when": when,
        "condition": condition,
        "acts": steps.said(terms.steps),
    }


def _steps(request: PersonRequest, one: Rule | None) -> dict[str, Any]:
    kept = [str(step) for step in steps.of(one.acts)] if one else []
    typed = request.POST.getlist("step") if request.method == "POST" else kept
    chosen = [step for step in typed if step]
    return {
        "groups": steps.choices(request.user, alone=True),
        "chosen": chosen + [""] * (steps.MOST - len(chosen)),
    }


def _tell(form: RuleForm, refusal: Refusal) -> None:
    # A Filter names the term that means nothing; here it stands in the one field for it.
    term = refusal.code in ("unknown", "me", "no-words", "too-long") and refusal.field != "value"
    field = "q" if term and refusal.field not in form.fields else refusal.field
    form.add_error(field if field in form.fields else None, refusal.says)
