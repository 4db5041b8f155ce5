"""Messages: read them, answer, take notes, fetch their files."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from ninja import Header, Router

from heard.accounts.access import PersonRequest
from heard.api.leaving import leaving_of
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.problems import Problem
from heard.api.schemas import message as shape
from heard.api.schemas import shared
from heard.channels.contract import Address
from heard.inbox import models, queries, verbs
from heard.inbox.verbs.drafts import copied
from heard.refusal import Refusal

router = Router(tags=["Messages"])

Key = Annotated[
    str,
    Header(
        "",
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{0,120}$",
        description="A word of yours: the same call with the same key is done once.",
    ),
]
BYTES: dict[str, Any] = {"responses": {200: {"content": {"application/octet-stream": {}}}}}


@router.get(
    "/conversations/{int:id}/messages",
    response=shared.Page[shape.Message],
    summary="List the messages of a conversation",
)
def list_messages(
    request: PersonRequest, id: int, after: After = "", limit: Limit = USUAL
) -> Page[models.Message]:
    """In the order they reached us, notes among them."""
    one = queries.conversation_of(request.user, id)
    return page(queries.thread(one), ("at", "id"), after, limit)


@router.get("/messages/{int:id}", response=shape.WholeMessage, summary="One message")
def get_message(request: PersonRequest, id: int) -> models.Message:
    """A message with its formatted original."""
    return queries.message_of(request.user, id)


@router.post(
    "/conversations/{int:id}/messages",
    response={201: shape.WholeMessage},
    summary="Reply, or take a note",
)
def write_message(
    request: PersonRequest, id: int, said: shape.Said, response: HttpResponse, key: Key = ""
) -> models.Message:
    """A reply leaves right after; `state` then says what became of it."""
    message = _write_once(request, queries.conversation_of(request.user, id), said, key)
    response.headers["Location"] = reverse("api-v1:get_message", args=[message.pk])
    return message


@router.get("/attachments/{int:id}", summary="The bytes of a file", openapi_extra=BYTES)
def get_attachment(request: PersonRequest, id: int) -> FileResponse:
    """Always as a download, whatever its sender called it."""
    file = queries.attachment_of(request.user, id)
    return FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _write_once(
    request: PersonRequest, one: models.Conversation, said: shape.Said, key: str
) -> models.Message:
    """The message, written now or by an earlier call with the same key."""
    verb = verbs.note if said.kind == "note" else verbs.reply
    try:
        with transaction.atomic():
            message = verb(request.user, one, _draft(one, said, key))
            # Inside the transaction: a message that is refused here has not been written.
            _refuse_another(message, one, said)
            return message
    except IntegrityError as error:
        # The same key at the same moment: within one conversation its lock lets the second call
        # find the first one's message, so this is another conversation.
        if "message_once" not in str(error):
            raise
        raise _reused("a message in another conversation") from error


def _draft(one: models.Conversation, said: shape.Said, key: str) -> verbs.Draft:
    return verbs.Draft(
        text=said.text,
        to=None if said.to is None else _addresses(said.to),
        cc=_addresses(said.cc),
        bcc=_addresses(said.bcc),
        quote=said.quote,
        key=key or None,
        answers=_answered(one, said.reply_to),
        forwards=said.forward,
        files=_files_of(one, said),
        after=said.after_message,
        leaves=leaving_of(said.leaves) if said.leaves else None,
        then=verbs.Then(said.then, said.snooze_until) if said.then else None,
    )


def _answered(one: models.Conversation, pk: int | None) -> models.Message | None:
    if pk is None:
        return None
    if found := one.messages.filter(pk=pk).first():
        return found
    raise Refusal("This conversation has no such message.", code="unknown", field="reply_to")


def _files_of(one: models.Conversation, said: shape.Said) -> list[ContentFile[bytes]]:
    """Copies of the files of the letter that is passed on."""
    letter = _answered(one, said.reply_to) if said.forward else None
    return [copied(file) for file in letter.attachments.all()] if letter else []


def _addresses(listed: list[shape.Address]) -> tuple[Address, ...]:
    return tuple(Address(each.email, each.name) for each in listed)


def _refuse_another(message: models.Message, one: models.Conversation, said: shape.Said) -> None:
    """Problem when the key stands for a message that says something else."""
    kind = models.Message.Kind.NOTE if said.kind == "note" else models.Message.Kind.OUTBOUND
    to = _kept(message.to) if said.to is None else _emails(said.to)
    wanted = (one.pk, kind, said.text, to)
    written = (message.conversation_id, message.kind, message.text, _kept(message.to))
    copies = (_emails(said.cc), _emails(said.bcc))
    if wanted != written or copies != (_kept(message.cc), _kept(message.bcc)):
        raise _reused(f"message {message.pk}, which says something else")


def _reused(by: str) -> Problem:
    return Problem("key-reused", f"This key already stands for {by}.")


def _emails(listed: list[shape.Address]) -> list[str]:
    # Without the names: where the call gave none, the message has those we know.
    return [each.email for each in listed]


def _kept(stored: list[dict[str, str]]) -> list[str]:
    return [each["email"] for each in stored]
