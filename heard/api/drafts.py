"""Drafts: read those of a conversation, keep one's own, go on with a colleague's."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse
from ninja import Router, Status

from heard.accounts.access import PersonRequest
from heard.api.schemas import draft as shape
from heard.inbox import models, queries, unsaid
from heard.inbox.verbs import drafts

router = Router(tags=["Drafts"])
Kind = Literal["reply", "note"]


@router.get(
    "/conversations/{int:id}/drafts", response=list[shape.KeptDraft], summary="What is begun here"
)
def list_drafts(request: PersonRequest, id: int) -> list[models.KeptDraft]:
    """One's own drafts and one's colleagues'."""
    found = queries.conversation_of(request.user, id).drafts.select_related("user")
    return list(found.prefetch_related("files").order_by("pk"))


@router.put(
    "/conversations/{int:id}/drafts/{kind}",
    response={200: shape.KeptDraft, 204: None},
    summary="Keep a draft",
)
def keep_draft(
    request: PersonRequest, id: int, kind: Kind, words: shape.Words
) -> Status[models.KeptDraft | None]:
    """One's own; words that are none end a draft without files."""
    one = queries.conversation_of(request.user, id)
    kept = drafts.keep(request.user, one, kind, drafts.Words(**words.model_dump()))
    return Status(200 if kept else 204, kept)


@router.delete(
    "/conversations/{int:id}/drafts/{kind}", response={204: None}, summary="Throw a draft away"
)
def drop_draft(request: PersonRequest, id: int, kind: Kind) -> HttpResponse:
    """One's own, with its files. Throwing away what is not there is done already."""
    one = queries.conversation_of(request.user, id)
    if draft := drafts.draft_of(request.user, one, kind):
        drafts.drop(draft)
    return HttpResponse(status=204)


@router.post(
    "/drafts/{int:id}/continuation",
    response=shape.KeptDraft,
    summary="Go on with a colleague's draft",
)
def continue_draft(request: PersonRequest, id: int) -> models.KeptDraft:
    """Its words and files become one's own; its author keeps a copy and is told."""
    return drafts.go_on(request.user, unsaid.draft_within_reach(request.user, id))
