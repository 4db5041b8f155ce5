"""Letters that wait for their time: list them, change them, call them back, send them now."""

from __future__ import annotations

from ninja import Router, Status

from heard import clock
from heard.accounts.access import PersonRequest
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.schemas import draft as draft_shape
from heard.api.schemas import message as shape
from heard.api.schemas import shared
from heard.inbox import models, moments, queries, unsaid, verbs

router = Router(tags=["Messages"])


@router.get("/leaving", response=shared.Page[shape.Message], summary="Letters that wait")
def list_leaving(
    request: PersonRequest, after: After = "", limit: Limit = USUAL
) -> Page[models.Message]:
    """Those within reach that leave at their time, the next one first."""
    waiting = unsaid.planned(request.user).prefetch_related("attachments")
    return page(waiting, ("leaves_at", "id"), after, limit)


@router.patch("/messages/{int:id}/leaving", response=shape.WholeMessage, summary="Change one")
def replan_message(request: PersonRequest, id: int, plan: shape.Replan) -> models.Message:
    """Another time, or other words. Refused (`sent`) once it has left."""
    message = queries.message_of(request.user, id)
    leaves = leaving_of(plan.leaves) if plan.leaves else None
    return verbs.replan(request.user, message, leaves=leaves, text=plan.text)


@router.delete(
    "/messages/{int:id}/leaving",
    response={200: draft_shape.KeptDraft, 204: None},
    summary="Call one back",
)
def recall_message(request: PersonRequest, id: int) -> Status[models.KeptDraft | None]:
    """It is its author's draft again. Refused (`sent`) once it has left."""
    draft = verbs.recall(request.user, queries.message_of(request.user, id))
    return Status(200 if draft else 204, draft)


@router.post("/messages/{int:id}/departure", response=shape.WholeMessage, summary="Send one now")
def send_message_now(request: PersonRequest, id: int) -> models.Message:
    """Before its time. Refused (`sent`) once it has left."""
    message = queries.message_of(request.user, id)
    verbs.send_now(request.user, message)
    message.refresh_from_db()
    return message


def leaving_of(leaves: shape.Leaves) -> moments.Leaving:
    """The time a program named; Refusal where it is none."""
    now = clock.now()
    if leaves.at is None:
        return moments.chosen(leaves.said, leaves.zone, now, anyway=leaves.anyway)
    moments.refuse_far(leaves.at, now)
    return moments.Leaving(at=leaves.at, anyway=leaves.anyway)
