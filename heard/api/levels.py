"""Service levels: what is promised, and how a conversation stands against it."""

from __future__ import annotations

from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.schemas import level as shape
from heard.api.schemas import shared
from heard.inbox.queries import conversation_of
from heard.levels import queries
from heard.levels.models import Policy, Term

router = Router(tags=["Service levels"])


@router.get("/policies", response=shared.Page[shape.Policy], summary="List policies")
def list_policies(request: PersonRequest, after: After = "", limit: Limit = USUAL) -> Page[Policy]:
    """In order: the first that fits a conversation is its own."""
    return page(queries.policies(), ("position", "id"), after, limit)


@router.get(
    "/conversations/{int:id}/terms",
    response=shared.Page[shape.Term],
    summary="What is due, and what was met and missed",
)
def list_terms(
    request: PersonRequest, id: int, after: After = "", limit: Limit = USUAL
) -> Page[Term]:
    """The terms of a conversation, the oldest first."""
    one = conversation_of(request.user, id)
    return page(queries.terms_of(one), ("started_at", "id"), after, limit)
