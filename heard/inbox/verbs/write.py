"""A colleague writes: a reply to the customer, or a note among ourselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address
from heard.channels.email import markdown
from heard.channels.email.addresses import read_addresses
from heard.channels.email.charset import undirected
from heard.channels.email.message_id import make_message_id
from heard.channels.email.parse import NOBODY
from heard.channels.email.subject import subject_key
from heard.contacts.models import Contact
from heard.events.verbs import record
from heard.inbox import findable, variables
from heard.inbox.models import Attachment, Conversation, Inbox, Message
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.follow import call_in
from heard.inbox.verbs.receive import add_participants, preview_of
from heard.refusal import Refusal

REFERENCES = 20
LONGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What someone wants to say, before it is a message.

    to: None means the people of the last letter; naming nobody is refused. quote: None means as
    the inbox is set.
    key: a repeat with the same key by the same person is the same message.
    """

    text: str
    to: Sequence[Address] | None = None
    cc: Sequence[Address] = ()
    bcc: Sequence[Address] = ()
    files: Sequence[File[bytes]] = field(default=())
    quote: bool | None = None
    key: str | None = None


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
    """Write to the customer. The letter is stored now and leaves right after.

    Raises Refusal for an empty letter, a variable without its value, no recipient, or an address
    that is none.
    """
    conversation = locked(conversation)
    if kept := _written_before(by, draft):
        return kept
    parent = last_inbound(conversation)
    to = recipients(conversation, parent) if draft.to is None else list(draft.to)
    _check(draft, to)
    named = partial(with_names, names=known_names(conversation, parent))
    now = clock.now()
    message = Message.objects.create(
        conversation=conversation,
        kind=Message.Kind.OUTBOUND,
        state=Message.State.QUEUED,
        user=by,
        author_name=by.name,
        author_address=conversation.inbox.address,
        to=[asdict(address) for address in named(to)],
        cc=[asdict(address) for address in named(draft.cc)],
        bcc=[asdict(address) for address in named(draft.bcc)],
        subject=_subject(conversation, parent),
        text=_clean(draft.text),
        html=markdown.to_html(_clean(draft.text)),
        quoted=_history(conversation, parent, draft),
        signature=conversation.inbox.signature,
        message_id=make_message_id(conversation.token, conversation.inbox.domain),
        idempotency_key=draft.key,
        at=now,
        queued_at=now,
        **_line_of(parent),
    )
    _attach(message, draft.files)
    findable.keep(message)
    add_participants(conversation, named([*to, *draft.cc]))
    _answered(conversation, message, by)
    record(
        "message.written",
        by=by,
        conversation=conversation,
        message=message,
        topics=conversation.topics,
    )
    return message


@transaction.atomic
def note(by: User, conversation: Conversation, draft: Draft, *, handed_to: str = "") -> Message:
    """Write a note that only colleagues see. Raises Refusal when it is empty.

    handed_to: the name of who has the conversation from now on, if this hands it over.
    """
    conversation = locked(conversation)
    if kept := _written_before(by, draft):
        return kept
    _check_text(draft.text, files=bool(draft.files))
    message = Message.objects.create(
        conversation=conversation,
        kind=Message.Kind.NOTE,
        user=by,
        author_name=by.name,
        handed_to=handed_to,
        text=_clean(draft.text),
        idempotency_key=draft.key,
        at=clock.now(),
    )
    _attach(message, draft.files)
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


def recipients(conversation: Conversation, letter: Message | None) -> list[Address]:
    """Who a reply goes to: the letter's author, by the address they asked to be answered at."""
    if to := answer_to(letter):
        return to
    known = conversation.contact.identities.filter(channel="email")
    return known_address(conversation.contact, known.values_list("address", flat=True))


def answer_to(letter: Message | None) -> list[Address]:
    """Where this letter's author wants the answer; nowhere if it named no sender."""
    address = letter and (letter.answer_to or letter.author_address)
    if not letter or not address or address == NOBODY.email:
        return []
    return [Address(address, letter.author_name)]


def copies_to(letter: Message | None, taking_part: Iterable[str]) -> list[Address]:
    """Whom the letter's author also wrote to: they stay in the conversation by a copy.

    taking_part: the addresses in the conversation, our own inboxes not among them.
    """
    if letter is None:
        return []
    answered = {one.email.lower() for one in answer_to(letter)} | {letter.author_address.lower()}
    known = set(taking_part) - answered
    written_to = {one["email"].lower(): Address(**one) for one in (*letter.to, *letter.cc)}
    return [address for email, address in written_to.items() if email in known]


def known_names(conversation: Conversation, letter: Message | None) -> dict[str, str]:
    """The names by address in small letters: those of who takes part, the letter's own first.

    Only of this conversation, so that no name known elsewhere goes out in a header.
    """
    contact = conversation.contact
    addresses = contact.identities.filter(channel="email").values_list("address", flat=True)
    taking_part = conversation.participants.exclude(name="").values_list("address", "name")
    newest = {one.email.lower(): one.name for one in answer_to(letter) if one.name}
    return {**dict.fromkeys(addresses, contact.name), **dict(taking_part), **newest}


def with_names(addresses: Iterable[Address], names: Mapping[str, str]) -> list[Address]:
    """The addresses; those that were typed without a name carry the one we know."""
    return [Address(one.email, one.name or names.get(one.email.lower(), "")) for one in addresses]


def known_address(contact: Contact, addresses: Iterable[str]) -> list[Address]:
    """The first address of a contact's that mail can reach."""
    found = (Address(one, contact.name) for one in addresses if one != NOBODY.email)
    return list(islice(found, 1))


def newest_inbound(messages: Sequence[Message]) -> Message | None:
    """The same as last_inbound() for messages at hand, in their order."""
    inbound = [message for message in messages if message.kind == Message.Kind.INBOUND]
    written = [message for message in inbound if not message.automatic]
    return next(reversed(written or inbound), None)


def last_inbound(conversation: Conversation) -> Message | None:
    """The customer's newest letter; one that a machine wrote only when there is no other."""
    inbound = conversation.messages.filter(kind=Message.Kind.INBOUND).order_by("-at", "-id")
    return inbound.filter(automatic="").first() or inbound.first()


def rewrite(message: Message, *, text: str | None, to: str | None) -> None:
    """Change the words or the recipients of a letter that has not left; None leaves them.

    to: addresses with commas between. Whoever is named takes part from now on, our own inboxes
    aside.
    """
    if text is not None:
        _check_text(text, files=message.attachments.exists())
        variables.check_whole(text)
        message.text = _clean(text)
        message.html = markdown.to_html(message.text)
    if to is not None:
        addresses = typed_addresses(to)
        _check_recipients(addresses)
        named = with_names(addresses, {one["email"].lower(): one["name"] for one in message.to})
        message.to = [asdict(one) for one in named]
        add_participants(message.conversation, named)


def typed_addresses(typed: str) -> tuple[Address, ...]:
    """The addresses somebody typed with commas between; Refusal when one can't be read."""
    found = read_addresses(typed)
    parts = {part.strip() for part in typed.replace(";", ",").split(",") if part.strip()}
    if len(found) < len(parts):
        raise Refusal(
            "One of the addresses can't be read. Check what stands under To and Copy.",
            code="address",
            field="to",
        )
    return found


def _written_before(by: User, draft: Draft) -> Message | None:
    if not draft.key:
        return None
    return Message.objects.filter(user=by, idempotency_key=draft.key).first()


def _check(draft: Draft, to: Sequence[Address]) -> None:
    _check_text(draft.text, files=bool(draft.files))
    variables.check_whole(draft.text)
    _check_recipients(to)
    for address in (*draft.cc, *draft.bcc):
        _check_address(address)


def _check_recipients(to: Sequence[Address]) -> None:
    if not to:
        says = _("Nobody to send this to. Add an address under To.")
        raise Refusal(says, code="no-recipient", field="to")
    for address in to:
        _check_address(address)


def _check_text(text: str, *, files: bool) -> None:
    if not _clean(text) and not files:
        raise Refusal("There is nothing written yet.", code="empty", field="text")
    if len(text) > LONGEST:
        raise Refusal(
            f"This is longer than {LONGEST:,} letters. Send the rest as a file.",
            code="too-long",
            field="text",
        )


def _check_address(address: Address) -> None:
    try:
        validate_email(address.email)
    except ValidationError as error:
        raise Refusal(
            f"«{address.email}» is not an address that mail can reach.",
            code="address",
            field="to",
        ) from error


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def _subject(conversation: Conversation, parent: Message | None) -> str:
    subject = conversation.subject or "Your letter"
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
    wanted = conversation.inbox.quote_history if draft.quote is None else draft.quote
    return parent.text if parent and wanted else ""


def _attach(message: Message, files: Sequence[File[bytes]]) -> None:
    for file in files:
        Attachment.objects.create(
            message=message,
            name=undirected(file.name or "file")[:255],
            content_type=getattr(file, "content_type", "") or "application/octet-stream",
            size=file.size,
            file=file,
        )
    if files:
        message.conversation.hold_files()


def _answered(conversation: Conversation, message: Message, by: User) -> None:
    """The customer waits no longer; whoever answers an unassigned conversation has it."""
    conversation.last_at = message.at
    conversation.preview = preview_of(message)
    conversation.waiting_since = None
    conversation.woke_why = ""
    conversation.assignee = conversation.assignee or by
    conversation.save(update_fields=["last_at", "preview", "waiting_since", "woke_why", "assignee"])
