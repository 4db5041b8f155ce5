"""A message has come in: identify, place, store, tell. One transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import Q

from heard.accounts.models import WhileAway
from heard.channels.contract import Address, Inbound
from heard.channels.email.parse import NOBODY
from heard.channels.email.subject import subject_key
from heard.contacts.models import Contact
from heard.contacts.verbs import identify
from heard.events.verbs import follow, record
from heard.inbox import belonging, findable
from heard.inbox.belonging import Belonging
from heard.inbox.models import Attachment, Conversation, Inbox, Message
from heard.inbox.verbs.addresses import aside
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.holding import hold_back
from heard.inbox.verbs.snoozing import bring_back

PREVIEW = 200


@transaction.atomic
def receive(
    inbox: Inbox, inbound: Inbound, *, at: datetime, recipients: tuple[str, ...] = ()
) -> Message:
    """Store one inbound message and return it; the one already kept when it came before.

    recipients: the addresses the letter was delivered to, which its headers need not name.
    """
    if kept := came_before(inbound):
        return show_too(kept, inbox)
    return take_in(inbox, inbound, at=at, recipients=recipients)


@transaction.atomic(savepoint=False)
def take_in(
    inbox: Inbox, inbound: Inbound, *, at: datetime, recipients: tuple[str, ...] = ()
) -> Message:
    """The same for a letter of which the caller knows that it never came before."""
    contact = identify(inbound.sender.email, inbound.sender.name, channel=inbound.channel)
    found = belonging.place(inbox, inbound, recipients, at)
    conversation = locked(found.to) if found.to else _open(inbox, contact, inbound, found, at)
    message = _store(conversation, contact, inbound, at)
    add_participants(conversation, [inbound.sender, *inbound.to, *inbound.cc])
    if found.to:
        _bring_up(conversation, message, inbox)
    record(
        "message.received",
        conversation=conversation,
        message=message,
        contact=contact,
        topics=conversation.topics if found.to else [inbox.topic, conversation.topic],
    )
    if not inbound.automatic and _may_need_somebody(conversation, inbox):
        follow(
            "conversation.unassigned",
            lock=f"conversation:{conversation.pk}",
            conversation=conversation.pk,
        )
    if found.to and _is_awaited(conversation):
        follow("message.awaited", conversation=conversation.pk, message=message.pk)
    return message


def _is_awaited(conversation: Conversation) -> bool:
    """Whether somebody wants to hear of its letters: of a new one nobody does yet."""
    return conversation.assignee_id is not None or conversation.followers.exists()


def _may_need_somebody(conversation: Conversation, inbox: Inbox) -> bool:
    """Whether it might be handed to somebody; most letters need no job to find that out."""
    person = conversation.assignee
    if person is not None:
        return not person.is_active or (person.is_away and person.while_away != WhileAway.KEEP)
    return inbox.hands_out or conversation.team_id is not None


@transaction.atomic
def correct(message: Message, inbound: Inbound) -> None:
    """Read a letter again that was shown raw: its words, not its place, are replaced."""
    for field in ("text", "quoted", "signature", "html"):
        setattr(message, field, getattr(inbound, field))
    message.remarks = [remark[:300] for remark in inbound.remarks]
    message.save(update_fields=["text", "quoted", "signature", "html", "remarks"])
    Attachment.objects.filter(message=message).discard()
    attach(message, inbound)
    findable.keep(message)
    conversation = message.conversation
    record(
        "message.corrected",
        conversation=conversation,
        message=message,
        topics=conversation.topics,
    )


def came_before(inbound: Inbound) -> Message | None:
    """The message we keep of this very letter: same digest, or a copy of one of our own.

    A Message-ID alone proves nothing, there are programs that answer with the one they were
    sent, and a recipient could forge a copy: one of ours names the address we wrote from and
    says what we said.
    """
    same = Q(digest=inbound.digest)
    ours = Q(
        kind=Message.Kind.OUTBOUND,
        message_id=inbound.message_id,
        author_address__iexact=inbound.sender.email,
    )
    found = Message.objects.filter(same | ours if inbound.message_id else same)
    # Nearly every letter is new, so the wide row is only read for one that is not.
    pk = found.order_by("pk").values_list("pk", flat=True).first()
    if pk is None:
        return None
    kept = Message.objects.select_related("conversation").get(pk=pk)
    return kept if kept.digest == inbound.digest or _says_the_same(kept, inbound) else None


def _says_the_same(kept: Message, inbound: Inbound) -> bool:
    return "".join(kept.text.split()) == "".join(inbound.text.split())


@transaction.atomic
def show_too(message: Message, inbox: Inbox) -> Message:
    """A copy came to another inbox: its team sees the message from now on."""
    conversation = message.conversation
    _share(conversation, inbox)
    record(
        "message.came-again", conversation=conversation, message=message, topics=conversation.topics
    )
    return message


def _share(conversation: Conversation, inbox: Inbox) -> None:
    """A letter to two inboxes makes one message, which both teams see."""
    if inbox.pk not in conversation.inbox_ids:
        conversation.inbox_ids.append(inbox.pk)
        conversation.save(update_fields=["inbox_ids"])


def _open(
    inbox: Inbox, contact: Contact, inbound: Inbound, found: Belonging, at: datetime
) -> Conversation:
    return Conversation.objects.create(
        inbox=inbox,
        contact=contact,
        subject=inbound.subject[:500],
        subject_key=subject_key(inbound.subject)[:200],
        preview=preview_of(inbound),
        opened_at=at,
        last_at=at,
        waiting_since=None if inbound.automatic else at,
        may_belong_to=found.may,
        may_belong_why=found.why if found.may else "",
    )


def _store(conversation: Conversation, contact: Contact, inbound: Inbound, at: datetime) -> Message:
    message = Message.objects.create(
        conversation=conversation,
        kind=Message.Kind.INBOUND,
        contact=contact,
        author_name=inbound.sender.name[:160],
        author_address=inbound.sender.email[:320],
        answer_to=inbound.reply_to.email[:320] if inbound.reply_to else "",
        to=[asdict(address) for address in inbound.to],
        cc=[asdict(address) for address in inbound.cc],
        subject=inbound.subject[:998],
        text=inbound.text,
        quoted=inbound.quoted,
        signature=inbound.signature,
        html=inbound.html,
        message_id=inbound.message_id[:998],
        in_reply_to=inbound.in_reply_to[:998],
        references=[reference[:998] for reference in inbound.references],
        automatic=inbound.automatic[:200],
        invitation=_invitation(inbound),
        remarks=[remark[:300] for remark in inbound.remarks],
        digest=inbound.digest,
        at=at,
        written_at=inbound.sent_at,
    )
    attach(message, inbound)
    findable.keep(message)
    return message


def _invitation(inbound: Inbound) -> dict[str, Any] | None:
    if inbound.invitation is None:
        return None
    fields = asdict(inbound.invitation)
    times = {key: fields[key].isoformat() if fields[key] else None for key in ("start", "end")}
    return {**fields, **times}


def attach(message: Message, inbound: Inbound) -> None:
    """Keep the files of a letter outside the row."""
    for file in inbound.files:
        Attachment.objects.create(
            message=message,
            name=file.name[:255],
            content_type=file.content_type[:120],
            size=len(file.content),
            content_id=file.content_id[:255],
            inline=file.inline,
            file=ContentFile(file.content, name=file.name[:100] or "file"),
        )
    if any(not file.inline for file in inbound.files):
        message.conversation.hold_files()


def add_participants(conversation: Conversation, people: Sequence[Address]) -> None:
    """Let these addresses take part, but for our own inboxes; those who do stay as they are.

    Nobody can't: letters without a sender have nothing in common but that. In one statement,
    because every letter passes here.
    """
    names: dict[str, str] = {}
    for person in people:
        if person.email and person.email != NOBODY.email:
            address = person.email.lower()[:320]
            names[address] = names.get(address) or person.name[:160]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inbox_participant (conversation_id, address, name)"
            " SELECT %s, address, name FROM unnest(%s::text[], %s::text[]) AS new (address, name)"
            " WHERE address NOT IN (SELECT address FROM inbox_inbox) ON CONFLICT DO NOTHING",
            [conversation.pk, list(names), list(names.values())],
        )


def _bring_up(conversation: Conversation, message: Message, inbox: Inbox) -> None:
    """Put the conversation where it will be seen; automatic letters wake nobody.

    A letter that was under way for long may be older than what has been read since: it counts
    as unread all the same.
    """
    conversation.seen.filter(at__gte=message.at).delete()
    if message.at >= conversation.last_at:
        conversation.last_at, conversation.preview = message.at, preview_of(message)
    if not message.automatic and not _is_aside(conversation, message):
        conversation.waiting_since = conversation.waiting_since or message.at
        conversation.asked_at = None
        hold_back(conversation, message)
    conversation.save(update_fields=["last_at", "preview", "waiting_since", "asked_at"])
    _share(conversation, inbox)
    if not message.automatic or inbox.wake_on_automatic:
        _wake(conversation, message)


def _wake(conversation: Conversation, message: Message) -> None:
    """A letter ends the rest of a snoozed conversation and opens a closed one."""
    if conversation.is_snoozed:
        bring_back(None, conversation, Conversation.Woke.ANSWER)
    elif not conversation.is_open:
        conversation.take_up()
        conversation.save(update_fields=Conversation.TAKEN_UP)
        topics = conversation.topics
        record("conversation.reopened", conversation=conversation, message=message, topics=topics)


def _is_aside(conversation: Conversation, message: Message) -> bool:
    """Whether it is by somebody who only got a letter forwarded: the customer waits as before."""
    return message.author_address.lower() in aside(conversation)


def preview_of(letter: Message | Inbound) -> str:
    """The newest words on one line, for the list."""
    return " ".join((letter.text or letter.subject).split())[:PREVIEW]
