"""Saved replies, macros and rules."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.schemas import automation as shape
from heard.api.schemas import shared
from heard.automation import models, verbs
from heard.automation.queries import macros_of, replies_of
from heard.automation.verbs.macros import said
from heard.inbox import variables
from heard.inbox.queries import conversation_of
from heard.refusal import Refusal

router = Router(tags=["Automation"])


@router.get("/saved-replies", response=shared.Page[shape.SavedReply], summary="List saved replies")
def list_saved_replies(
    request: PersonRequest, after: After = "", limit: Limit = USUAL
) -> Page[models.SavedReply]:
    """One's own, one's teams' and everyone's, an admin's every team's; as they were made."""
    found = page(replies_of(request.user), ("id",), after, limit)
    for one in found.items:
        one.mine = one.user_id is not None
    return found


@router.get(
    "/conversations/{int:id}/saved-replies/{int:reply}",
    response=shape.Filled,
    summary="Fill a saved reply",
)
def fill_saved_reply(request: PersonRequest, id: int, reply: int) -> dict[str, Any]:
    """Its words for this conversation, with a mark where a variable has no value."""
    one = conversation_of(request.user, id)
    kept = get_object_or_404(replies_of(request.user), pk=reply)
    text = verbs.fill_reply(request.user, kept, one)
    return {"text": text, "gaps": variables.gaps(text)}


@router.get("/macros", response=shared.Page[shape.Macro], summary="List macros")
def list_macros(
    request: PersonRequest, after: After = "", limit: Limit = USUAL
) -> Page[models.Macro]:
    """One's own, one's teams' and everyone's, an admin's every team's; as they were made."""
    found = page(macros_of(request.user), ("id",), after, limit)
    for one in found.items:
        one.does = said(one)
    return found


@router.post(
    "/conversations/{int:id}/macros/{int:macro}", response=shape.MacroRun, summary="Run a macro"
)
def run_macro(request: PersonRequest, id: int, macro: int) -> dict[str, Any]:
    """Do all that it says, or nothing."""
    one = conversation_of(request.user, id)
    ran = verbs.run_macro(request.user, get_object_or_404(macros_of(request.user), pk=macro), one)
    return {"conversation": conversation_of(request.user, id), "text": ran.text}


@router.get("/rules", response=shared.Page[shape.Rule], summary="List rules")
def list_rules(
    request: PersonRequest, after: After = "", limit: Limit = USUAL
) -> Page[models.Rule]:
    """In the order in which they act; for leads and admins."""
    if not verbs.may_read_rules(request.user):
        raise Refusal("Only a lead or an admin sees the rules.", code="role")
    return page(models.Rule.objects.all(), ("order", "id"), after, limit)
