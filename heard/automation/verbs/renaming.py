"""A tag gets another name: what names it goes on naming it."""

from __future__ import annotations

from django.db import transaction

from heard.automation import steps
from heard.automation.models import Macro, Rule
from heard.inbox.verbs.views import renamed


@transaction.atomic
def rename_in_steps(was: str, called: str) -> None:
    """Name a renamed tag by its new name in every macro and rule."""
    for one in Macro.objects.select_for_update().order_by("pk"):
        _rename(one, was, called)
    for rule in Rule.objects.select_for_update().order_by("pk"):
        _rename(rule, was, called)
        rule.q = renamed(rule.q, was, called)[:500]
        rule.save(update_fields=["q"])


def _rename(one: Macro | Rule, was: str, called: str) -> None:
    now = steps.renamed(one.acts, was, called)
    if now != one.acts:
        one.acts = now
        one.save(update_fields=["acts"])
