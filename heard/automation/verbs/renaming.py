"""A tag gets another name: what names it goes on naming it."""

from __future__ import annotations

from django.db import transaction

from heard.automation import steps
from heard.automation.models import Macro


@transaction.atomic
def rename_in_steps(was: str, called: str) -> None:
    """Name a renamed tag by its new name in every macro."""
    for one in Macro.objects.select_for_update().order_by("pk"):
        now = steps.renamed(one.acts, was, called)
        if now != one.acts:
            one.acts = now
            one.save(update_fields=["acts"])
