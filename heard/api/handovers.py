"""Handing a conversation over with a brief, and following one."""

from __future__ import annotations

from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.conversations import colleague, team_named
from heard.api.schemas import handover as shape
from heard.api.schemas import message
from heard.inbox import models, queries, verbs
from heard.readings.brief import brief_of

router = Router(tags=["Conversations"])


@router.get("/{int:id}/handover", response=shape.Brief, summary="The brief of a conversation")
def get_brief(request: PersonRequest, id: int) -> dict[str, str]:
    """What is open, promised, felt and wished, as whoever takes it over would read it."""
    return {"brief": brief_of(queries.conversation_of(request.user, id))}


@router.post("/{int:id}/handover", response={201: message.Message}, summary="Hand over")
def hand_over_conversation(request: PersonRequest, id: int, said: shape.Handover) -> models.Message:
    """Give it to a colleague or a team, with the brief as a note that they see first."""
    one = queries.conversation_of(request.user, id)
    handover = verbs.Handover(
        to=colleague(said.user),
        team=None if said.team is None else team_named(said.team),
        words=said.words,
        brief=brief_of(one) if said.brief is None else said.brief,
        follow=said.follow,
    )
    return verbs.hand_over(request.user, one, handover)


@router.put("/{int:id}/following", response=shape.Following, summary="Follow")
def follow_conversation(request: PersonRequest, id: int) -> dict[str, bool]:
    """Hear of every letter. Following twice is the same as following once."""
    verbs.follow(request.user, queries.conversation_of(request.user, id))
    return {"followed": True}


@router.delete("/{int:id}/following", response=shape.Following, summary="Follow no longer")
def unfollow_conversation(request: PersonRequest, id: int) -> dict[str, bool]:
    """Hear of it no longer, unless it is one's own."""
    verbs.unfollow(request.user, queries.conversation_of(request.user, id))
    return {"followed": False}
