"""What the caller was told of."""

from __future__ import annotations

from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.paging import USUAL, After, Limit, Page, opened, sealed
from heard.api.schemas import notification as shape
from heard.api.schemas import shared
from heard.notifications import queries, verbs
from heard.notifications.models import Notification

router = Router(tags=["Notifications"])
LIST = "notifications"


@router.get("", response=shared.Page[shape.Notification], summary="List notifications")
def list_notifications(
    request: PersonRequest, unread: bool = False, after: After = "", limit: Limit = USUAL
) -> Page[Notification]:
    """The newest first; those of conversations that are out of reach by now are left out."""
    found = queries.told(request.user).select_related("by", "conversation__contact")
    if unread:
        found = found.filter(read_at=None)
    if after:
        found = found.filter(pk__lt=opened(after, LIST))
    rows = list(found.order_by("-pk")[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], sealed(rows[limit - 1].pk, LIST) if more else None)


@router.post("/reading", response=shape.Read, summary="Mark all as read")
def read_notifications(request: PersonRequest) -> dict[str, int]:
    """Everything the caller was told of has been read."""
    return {"read": verbs.read_all(request.user)}
