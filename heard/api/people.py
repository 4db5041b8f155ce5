"""Who calls, and the inboxes they reach."""

from __future__ import annotations

from typing import Any

from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.auth import TokenRequest
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.schemas import people as shape
from heard.api.schemas import shared
from heard.inbox.models import Inbox

router = Router(tags=["People and inboxes"])


@router.get("/me", response=shape.Me, summary="Whose token this is")
def get_me(request: TokenRequest) -> dict[str, Any]:
    """The person the token acts as, and what the token may do."""
    user = request.user
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "time_zone": user.time_zone,
        "teams": user.teams.all(),
        "token": request.auth,
    }


@router.get("/inboxes", response=shared.Page[shape.Inbox], summary="List inboxes")
def list_inboxes(request: PersonRequest, after: After = "", limit: Limit = USUAL) -> Page[Inbox]:
    """Those within reach."""
    found = Inbox.objects.of(request.user).prefetch_related("teams")
    return page(found, ("id",), after, limit)
