"""A colleague writes: a reply to the customer, a letter passed on, or a note among ourselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address
from heard.channels.email import markdown
from heard.channels.email.charset import undirected
from heard.channels.email.message_id import make_message_id
from heard.channels.email.subject import bare_subject, subject_key
from heard.contacts.models import Contact
from heard.events.verbs import record
from heard.inbox import findable, variables
from heard.inbox.models import Attachment, Conversation, Inbox, KeptDraft, Message
from heard.inbox.moments import Leaving
from heard.inbox.verbs import drafts, leaving
from heard.inbox.verbs.addresses import (
    check_address,
    check_recipients,
    known_names,
    last_inbound,
    recipients,
    route_of,
    with_names,
)
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.crossing import refuse_crossing
from heard.inbox.verbs.follow import call_in
from heard.inbox.verbs.wording import check_text, clean
from heard.refusal import Refusal

REFERENCES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What someone wants to say, before it is a message.

    to: None means the people of the letter answered; naming nobody is refused. quote: None means
    as the inbox is set. key: a repeat with the same key by the same person is the same message.
    answers: the letter answered, the customer's newest when left out. forwards: `answers` is passed
    on to `to` instead. kept: the draft this was written in; its files go along, and it ends.
    version: of `kept`, when these words were read from it; see drafts.spend().
    after: the newest message its author has seen; see refuse_crossing(). leaves: None means at
    once. then: what is done with the conversation when it has left.
    """

    text: str
    to: Sequence[Address] | None = None
    cc: Sequence[Address] = ()
    bcc: Sequence[Address] = ()
    files: Sequence[File[bytes]] = field(default=())
    quote: bool | None = None
    key: str | None = None
    answers: Message | None = None
    forwards: bool = False
    kept: KeptDraft | None = None
    version: int | None = None
    after: int | None = None
    leaves: Leaving | None = None
    then: leaving.Then | None = None


@transaction.atomic
def begin(inbox: Inbox, contact: Contact, subject: str) -> Conversation:
    """Open a conversation that we begin ourselves; its first letter is a reply() to nobody."""
    now = clock.now()
    conversation = Conversation.objects.create(
        inbox=inbox,
        contact=contact,
        subject=subject[:500],
        subject_key=subject_key(subject)[:200],
        opened_at=now,
        last_at=now,
    )
    record("conversation.begun", conversation=conversation, topics=conversation.topics)
    return conversation


@transaction.atomic
def reply(by: User, conversation: Conversation, draft: Draft) -> Message:
    """Write to the customer. The letter is stored now and leaves right after, or at its time.

    Raises Refusal for an empty letter, a variable without its value, no recipient, or an address
    that is none, and Crossed when somebody else wrote meanwhile.
    """
    conversation = locked(conversation)
    if kept := _written_before(by, draft):
        return kept
    refuse_crossing(by, conversation, draft.after)
    parent = draft.answers or last_inbound(conversation)
    to = _to(conversation, parent, draft)
    _check(draft, to)
    message = _letter(by, conversation, parent, draft, to)
    _enclose(message, draft)
    findable.keep(message)
    leaving.take(conversation, message)
    if draft.leaves:
        leaving.plan(message)
    else:
        leaving.left(conversation, message)
    return message


@transaction.atomic
def note(by: User, conversation: Conversation, draft: Draft, *, handed_to: str = "") -> Message:
    """Write a note that only colleagues see. Raises Refusal when it is empty.

    handed_to: the name of who has the conversation from now on, if this hands it over.
    """
    conversation = locked(conversation)
    if kept := _written_before(by, draft):
        return kept
    check_text(draft.text, files=_has_files(draft))
    message = Message.objects.create(
        conversation=conversation,
        kind=Message.Kind.NOTE,
        user=by,
        author_name=by.name,
        handed_to=handed_to,
        text=clean(draft.text),
        idempotency_key=draft.key,
        at=clock.now(),
    )
    _enclose(message, draft)
    findable.keep(message)
    record(
        "note.written",
        by=by,
        conversation=conversation,
        message=message,
        topics=conversation.topics,
        mentions=call_in(conversation, message.text),
    )
    return message


def _letter(
    by: User, conversation: Conversation, parent: Message | None, draft: Draft, to: list[Address]
) -> Message:
    named = partial(with_names, names=known_names(conversation, parent))
    now = clock.now()
    return Message.objects.create(
        conversation=conversation,
        kind=Message.Kind.OUTBOUND,
        user=by,
        author_name=by.name,
        author_address=conversation.inbox.address,
        to=[asdict(address) for address in named(to)],
        cc=[asdict(address) for address in named(draft.cc)],
        bcc=[asdict(address) for address in named(draft.bcc)],
        subject=_subject(conversation, parent, draft),
        text=clean(draft.text),
        html=markdown.to_html(clean(draft.text)),
        quoted=_history(conversation, parent, draft),
        signature=conversation.inbox.signature,
        message_id=make_message_id(conversation.token, conversation.inbox.domain),
        idempotency_key=draft.key,
        at=now,
        **({"reply_to": parent, "forwards": True} if draft.forwards else _line_of(parent)),
        **_when(draft, now),
    )


def _when(draft: Draft, now: Any) -> dict[str, Any]:
    then = draft.then.stored() if draft.then else None
    if draft.leaves is None:
        return {"state": Message.State.QUEUED, "queued_at": now, "then": then}
    planned = {
        "state": Message.State.PLANNED,
        "leaves_at": draft.leaves.at,
        "leaves_said": draft.leaves.said,
        "leaves_zone": draft.leaves.zone,
        "leaves_anyway": draft.leaves.anyway,
    }
    return {**planned, "then": then}


def _written_before(by: User, draft: Draft) -> Message | None:
    if not draft.key:
        return None
    return Message.objects.filter(user=by, idempotency_key=draft.key).first()


def _to(conversation: Conversation, parent: Message | None, draft: Draft) -> list[Address]:
    if draft.to is not None:
        return list(draft.to)
    if draft.forwards:
        return []
    return route_of(parent)[0] if draft.answers and parent else recipients(conversation, parent)


def _check(draft: Draft, to: Sequence[Address]) -> None:
    if draft.forwards and draft.answers is None:
        raise Refusal("Say which letter to forward.", code="no-letter", field="reply_to")
    check_text(draft.text, files=draft.forwards or _has_files(draft))
    variables.check_whole(draft.text)
    check_recipients(to)
    for address in (*draft.cc, *draft.bcc):
        check_address(address)


def _has_files(draft: Draft) -> bool:
    return bool(draft.files) or (draft.kept is not None and draft.kept.files.exists())


def _subject(conversation: Conversation, parent: Message | None, draft: Draft) -> str:
    subject = conversation.subject or "Your letter"
    if draft.forwards:
        return f"Fwd: {bare_subject(subject) or subject}"
    return subject if parent is None or subject.lower().startswith("re:") else f"Re: {subject}"


def _line_of(parent: Message | None) -> dict[str, Any]:
    """In-Reply-To and References as RFC 5322, 3.6.4 asks: the parent's line and the parent."""
    if parent is None or not parent.message_id:
        return {"reply_to": parent}
    line = parent.references or ([parent.in_reply_to] if parent.in_reply_to else [])
    return {
        "reply_to": parent,
        "in_reply_to": parent.message_id,
        "references": [*line[-REFERENCES:], parent.message_id],
    }


def _history(conversation: Conversation, parent: Message | None, draft: Draft) -> str:
    if parent and draft.forwards:
        return parent.text
    wanted = conversation.inbox.quote_history if draft.quote is None else draft.quote
    return parent.text if parent and wanted else ""


def _enclose(message: Message, draft: Draft) -> None:
    """The files chosen now, and those that wait with the draft, which ends with that."""
    for file in draft.files:
        Attachment.objects.create(
            message=message,
            name=undirected(file.name or "file")[:255],
            content_type=getattr(file, "content_type", "") or "application/octet-stream",
            size=file.size,
            file=file,
        )
    if _has_files(draft) and not message.is_planned:
        message.conversation.hold_files()
    if draft.kept:
        drafts.spend(draft.kept, message, draft.version)
