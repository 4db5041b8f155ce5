"""Merging, splitting and linking conversations."""

from __future__ import annotations

from django.http import Http404
from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.schemas import arranging as shape
from heard.api.schemas.conversation import Conversation
from heard.inbox import models, queries, verbs
from heard.refusal import Refusal

router = Router(tags=["Conversations"])


@router.post("/{int:id}/join", response=Conversation, summary="Merge into another")
def join_conversation(request: PersonRequest, id: int, join: shape.Join) -> models.Conversation:
    """Make it part of another one and answer with that. Its number leads there from now on."""
    one = queries.conversation_of(request.user, id)
    return verbs.join(request.user, one, _other(request, join.into, "into"))


@router.get("/{int:id}/parts", response=list[shape.Part], summary="What was merged into it")
def list_parts(request: PersonRequest, id: int) -> list[models.Heir]:
    """The conversations that became part of this one, the latest first."""
    return list(queries.conversation_of(request.user, id).inherited.all())


@router.post("/{int:id}/split", response={201: Conversation}, summary="Split off")
def split_conversation(request: PersonRequest, id: int, split: shape.Split) -> models.Conversation:
    """Make some of its messages, or what was merged into it, a conversation of its own again."""
    one = queries.conversation_of(request.user, id)
    if split.part is not None:
        return verbs.take_out(request.user, one, split.part)
    return verbs.split(request.user, one, split.messages, split.subject)


@router.get("/{int:id}/links", response=list[Conversation], summary="What it is linked to")
def list_links(request: PersonRequest, id: int) -> list[models.Conversation]:
    """The conversations that have to do with this one, those within reach."""
    return queries.linked(request.user, queries.conversation_of(request.user, id))


@router.patch("/{int:id}/links", response=list[Conversation], summary="Link and unlink")
def link_conversation(
    request: PersonRequest, id: int, change: shape.LinkChange
) -> list[models.Conversation]:
    """Link it to others and remove links, by number; answers with all it is linked to then."""
    one = queries.conversation_of(request.user, id)
    removed = [_other(request, number, "remove") for number in change.remove]
    added = [_other(request, number, "add") for number in change.add]
    for other in removed:
        verbs.unlink(request.user, one, other)
    for other in added:
        verbs.link(request.user, one, other)
    return queries.linked(request.user, one)


def _other(request: PersonRequest, number: int, field: str) -> models.Conversation:
    try:
        return queries.conversation_of(request.user, number)
    except Http404 as error:
        says = f"There is no conversation {number} within your reach."
        raise Refusal(says, code="unknown", field=field) from error
