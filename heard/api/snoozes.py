"""Snoozing: a conversation rests until a time, or until the customer answers."""

from __future__ import annotations

from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.schemas import conversation as shape
from heard.inbox import models, queries, verbs

router = Router(tags=["Conversations"])


@router.put("/{int:id}/snooze", response=shape.Conversation, summary="Snooze")
def snooze_conversation(
    request: PersonRequest, id: int, snooze: shape.Snooze
) -> models.Conversation:
    """Let it rest until a time; null: until the customer answers."""
    return verbs.snooze(request.user, queries.conversation_of(request.user, id), snooze.until)


@router.delete("/{int:id}/snooze", response=shape.Conversation, summary="End the snooze")
def wake_conversation(request: PersonRequest, id: int) -> models.Conversation:
    """Bring it back. One that is not snoozed stays as it is."""
    return verbs.wake(request.user, queries.conversation_of(request.user, id))
