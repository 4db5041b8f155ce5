"""Conversations: find them, take them, close them and take them up again."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db import transaction
from django.db.models import QuerySet
from ninja import Query, Router

from heard.accounts.access import PersonRequest
from heard.accounts.models import Team, User
from heard.api.paging import USUAL, After, Limit, Page, opened, sealed
from heard.api.schemas import conversation as shape
from heard.api.schemas import shared
from heard.inbox import models, queries, search, verbs
from heard.inbox.lists import View
from heard.inbox.models.conversation import name_tags
from heard.refusal import Refusal

router = Router(tags=["Conversations"])
mine = Router(tags=["Conversations"])
LIST = "conversations"
FILTER = (
    "A filter as people type it into the search: words, and fields such as `is:open`, `tag:refund`,"
    " `assigned:me`, `from:ines`, `before:2026-03-01`, each with `-` before it to leave out."
)
MOST_ID = 2**63 - 1


@router.get("", response=shared.Page[shape.Conversation], summary="List conversations")
def list_conversations(
    request: PersonRequest,
    view: Literal["mine", "unassigned", "all"] = "all",
    status: Literal["open", "snoozed", "closed", "any"] = "open",
    inbox: Annotated[int | None, Query(None, ge=1, le=MOST_ID)] = None,
    q: Annotated[str, Query("", max_length=500, description=FILTER)] = "",
    sort: Literal["newest", "waiting", "asked", "due"] = "newest",
    after: After = "",
    limit: Limit = USUAL,
) -> Page[models.Conversation]:
    """Those within reach that the filter means, in the order of `sort`.

    With words in `q` those stand first that said them last.
    """
    key = opened(after, LIST) if after else ""
    asked = View(view, status, inbox, q, sort)
    found = search.search(request.user, asked, key, size=limit)
    name_tags(found.rows)
    return Page(found.rows, found.next_cursor and sealed(found.next_cursor, LIST))


@router.get("/{int:id}", response=shape.Conversation, summary="One conversation")
def get_conversation(request: PersonRequest, id: int) -> models.Conversation:
    """A conversation within reach."""
    return queries.conversation_of(request.user, id)


@router.post("/{int:id}/closure", response=shape.Conversation, summary="Close")
def close_conversation(request: PersonRequest, id: int) -> models.Conversation:
    """Mark it as done. Closing twice is the same as closing once."""
    return verbs.close(request.user, queries.conversation_of(request.user, id))


@router.delete("/{int:id}/closure", response=shape.Conversation, summary="Reopen")
def reopen_conversation(request: PersonRequest, id: int) -> models.Conversation:
    """Take it up again."""
    return verbs.reopen(request.user, queries.conversation_of(request.user, id))


@router.get("/{int:id}/assignment", response=shape.Assignment, summary="Who has it")
def get_assignment(request: PersonRequest, id: int) -> dict[str, User | QuerySet[User] | None]:
    """Who has it, and whom it may be given to."""
    one = queries.conversation_of(request.user, id)
    return {"assignee": one.assignee, "may_be": queries.assignable(one)}


@router.put("/{int:id}/assignment", response=shape.Conversation, summary="Assign")
def assign_conversation(
    request: PersonRequest, id: int, assign: shape.Assign
) -> models.Conversation:
    """Give it to a colleague who reaches it, to a team, or to nobody."""
    one = queries.conversation_of(request.user, id)
    to = colleague(assign.user)
    with transaction.atomic():
        if assign.team is not None:
            one = verbs.give_team(request.user, one, team_named(assign.team))
        if to is not None or assign.team is None:
            one = verbs.assign(request.user, one, to)
    return one


@mine.post("/next", response=shape.Taken, summary="Take the next one")
def take_next_conversation(request: PersonRequest) -> dict[str, models.Conversation | None]:
    """What waits longest and nobody has; two who call at once are given two different ones."""
    try:
        return {"conversation": verbs.take_next(request.user)}
    except Refusal:
        return {"conversation": None}


def colleague(pk: int | None) -> User | None:
    """Whom a call names; Refusal when there is nobody of this id."""
    if pk is None:
        return None
    if found := User.objects.filter(pk=pk, is_active=True).first():
        return found
    raise Refusal("There is no such colleague.", code="unknown", field="user")


def team_named(pk: int) -> Team:
    """The team a call names; Refusal when there is none of this id."""
    if found := Team.objects.filter(pk=pk).first():
        return found
    raise Refusal("There is no such team.", code="unknown", field="team")
