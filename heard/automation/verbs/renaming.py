"""Something gets another name: macros and rules that name it go on naming it."""

from __future__ import annotations

from django.db import transaction

from heard.automation import steps
from heard.automation.models import Macro, Rule
from heard.inbox.filters.renaming import renamed
from heard.refusal import Refusal


@transaction.atomic
def rename_in_steps(field: str, was: str, called: str) -> None:
    """Name something by its new name in every macro and rule. field: as a Filter names it."""
    for macro in Macro.objects.select_for_update(no_key=True).order_by("pk"):
        _keep(macro, acts=steps.renamed(macro.acts, field, was, called))
    for rule in Rule.objects.select_for_update(no_key=True).order_by("pk"):
        _keep(rule, acts=steps.renamed(rule.acts, field, was, called))
        _keep(rule, **_condition(rule, field, was, called))


def _condition(rule: Rule, field: str, was: str, called: str) -> dict[str, object]:
    """The rule's filter with the new name; where that has no room the old one and the problem.

    Cut off, a condition such as -tag:vip would let the rule act on what it is to leave alone.
    """
    try:
        return {"q": renamed(rule.q, field, was, called)}
    except Refusal as refusal:
        return {"problem": refusal.says[:300]}


def _keep(one: Macro | Rule, **values: object) -> None:
    changed = {name: value for name, value in values.items() if value != getattr(one, name)}
    for name, value in changed.items():
        setattr(one, name, value)
    if changed:
        one.save(update_fields=list(changed))
