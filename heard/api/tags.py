"""Tags: the team's own words for conversations."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.schemas import shared
from heard.api.schemas import tag as shape
from heard.api.schemas.conversation import Conversation
from heard.inbox import models, queries, verbs
from heard.inbox.models import Tag

router = Router(tags=["Tags"])


@router.get("/tags", response=shared.Page[shared.Named], summary="List tags")
def list_tags(request: PersonRequest, after: After = "", limit: Limit = USUAL) -> Page[Tag]:
    """All there are, as they were made."""
    return page(Tag.objects.all(), ("id",), after, limit)


@router.post("/tags", response=shared.Named, summary="Make a tag")
def make_tag(request: PersonRequest, tag: shape.TagName) -> Tag:
    """The tag of this name, made now if there is none."""
    return verbs.make_tag(request.user, tag.name)


@router.patch("/tags/{int:id}", response=shared.Named, summary="Rename a tag")
def rename_tag(request: PersonRequest, id: int, tag: shape.TagName) -> Tag:
    """For leads and admins."""
    return verbs.rename_tag(request.user, get_object_or_404(Tag, pk=id), tag.name)


@router.delete("/tags/{int:id}", response=shared.Named, summary="Delete a tag")
def delete_tag(request: PersonRequest, id: int) -> dict[str, Any]:
    """For leads and admins; answers with what it was. Its conversations lose it within moments."""
    tag = get_object_or_404(Tag, pk=id)
    verbs.delete_tag(request.user, tag)
    return {"id": id, "name": tag.name}


@router.patch("/conversations/{int:id}/tags", response=Conversation, summary="Tag and untag")
def tag_conversation(
    request: PersonRequest, id: int, change: shape.TagChange
) -> models.Conversation:
    """Put tags on a conversation and take others off, by name. A new name makes a new tag."""
    one = queries.conversation_of(request.user, id)
    return verbs.change_tags(request.user, one, add=change.add, remove=change.remove)
