"""What was heard in a conversation, and advice on what to say next."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ninja import Router

from heard.accounts.access import PersonRequest
from heard.api.auth import READ, Bearer
from heard.api.schemas import reading as shape
from heard.coaching.verbs import advise
from heard.inbox import queries
from heard.readings.queries import Heard, heard_in

router = Router(tags=["Readings"])


@router.get("/{int:id}/reading", response=shape.Reading, summary="What was heard")
def get_reading(request: PersonRequest, id: int) -> dict[str, Any]:
    """Signs, asks, promises, links, measures and skills, each with its place and reason."""
    heard = heard_in(queries.conversation_of(request.user, id))
    return {
        "is_read": heard.is_read,
        "signs": _signs(heard),
        "asks": heard.asks,
        "commitments": heard.commitments,
        "links": heard.links,
        "measures": heard.measures,
        "skills": heard.skills,
    }


# Reading is enough: nothing is kept of a draft.
@router.post(
    "/{int:id}/advice", auth=Bearer(READ), response=shape.Advised, summary="Advice on a draft"
)
def get_advice(request: PersonRequest, id: int, draft: shape.Draft) -> dict[str, Any]:
    """What a good listener would notice in the draft before it is sent."""
    one = queries.conversation_of(request.user, id)
    return {"items": advise(one, draft.text)}


def _signs(heard: Heard) -> list[dict[str, Any]]:
    return [
        {"message_id": message_id, **asdict(mark)}
        for message_id, marks in sorted(heard.marks.items())
        for mark in marks
    ]
