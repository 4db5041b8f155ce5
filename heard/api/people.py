"""Who calls, and the inboxes they reach."""

from __future__ import annotations

from typing import Any

from ninja import Router

from heard.accounts.absence import come_back, go_away
from heard.accounts.access import PersonRequest
from heard.accounts.models import User
from heard.api.auth import TokenRequest
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.schemas import people as shape
from heard.api.schemas import shared
from heard.inbox.models import Inbox
from heard.inbox.queries import colleagues_of
from heard.refusal import Refusal

router = Router(tags=["People and inboxes"])


@router.get("/me", response=shape.Me, summary="Whose token this is")
def get_me(request: TokenRequest) -> dict[str, Any]:
    """The person the token acts as, and what the token may do."""
    return _me(request)


@router.put("/me/absence", response=shape.Me, summary="Be away")
def put_absence(request: TokenRequest, absence: shape.Absence) -> dict[str, Any]:
    """Nothing new is handed to whoever is away; said again it changes what was said before."""
    stand_in = absence.stand_in and _colleague(request.user, absence.stand_in)
    go_away(
        request.user,
        until=absence.until,
        stand_in=stand_in or None,
        while_away=absence.while_away,
    )
    return _me(request)


@router.delete("/me/absence", response=shape.Me, summary="Be here again")
def delete_absence(request: TokenRequest) -> dict[str, Any]:
    """New conversations may come again."""
    come_back(request.user)
    return _me(request)


def _colleague(user: User, pk: int) -> User:
    if found := colleagues_of(user).filter(pk=pk).first():
        return found
    raise Refusal("There is no such colleague.", code="unknown", field="stand_in")


def _me(request: TokenRequest) -> dict[str, Any]:
    user = request.user
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "time_zone": user.time_zone,
        "is_away": user.is_away,
        "away_until": user.away_until if user.is_away else None,
        "teams": user.teams.all(),
        "token": request.auth,
    }


@router.get("/inboxes", response=shared.Page[shape.Inbox], summary="List inboxes")
def list_inboxes(request: PersonRequest, after: After = "", limit: Limit = USUAL) -> Page[Inbox]:
    """Those within reach."""
    found = Inbox.objects.of(request.user).prefetch_related("teams")
    return page(found, ("id",), after, limit)
