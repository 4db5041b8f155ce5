"""Whom a letter goes to: who wrote last, who takes part, and what somebody typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from heard.channels.contract import Address
from heard.channels.email.addresses import read_addresses
from heard.channels.email.parse import NOBODY
from heard.contacts.models import Contact
from heard.inbox.models import Conversation, Message
from heard.refusal import Refusal


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


def route_of(letter: Message) -> tuple[list[Address], list[Address]]:
    """To whom an answer to this very letter goes, and to whom a copy of it.

    An answer to a letter of ours goes to those it was written to.
    """
    if letter.kind == Message.Kind.OUTBOUND:
        return _stored(letter.to), _stored(letter.cc)
    taking_part = letter.conversation.participants.values_list("address", flat=True)
    return answer_to(letter), copies_to(letter, taking_part)


def _stored(addresses: Iterable[dict[str, str]]) -> list[Address]:
    return [Address(**one) for one in addresses]


def written(addresses: Iterable[Address]) -> str:
    """Addresses as somebody would type them."""
    return ", ".join(address.email for address in addresses)


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


def newest_inbound(messages: Sequence[Message], aside: Collection[str] = ()) -> Message | None:
    """The same as last_inbound() for messages at hand, in their order.

    aside: the addresses, in small letters, of those a letter was only forwarded to.
    """
    came = [message for message in messages if message.kind == Message.Kind.INBOUND]
    inbound = [one for one in came if one.author_address.lower() not in aside] or came
    written = [message for message in inbound if not message.automatic]
    return next(reversed(written or inbound), None)


def last_inbound(conversation: Conversation) -> Message | None:
    """The customer's newest letter; one that a machine wrote only when there is no other.

    Who was only asked by a forwarded letter is no customer: their answer is not answered unless
    somebody says so.
    """
    came = conversation.messages.filter(kind=Message.Kind.INBOUND).order_by("-at", "-id")
    inbound = in_line(conversation, came)
    return inbound.filter(automatic="").first() or inbound.first() or came.first()


def in_line(conversation: Conversation, letters: QuerySet[Message]) -> QuerySet[Message]:
    """Those of these letters that nobody wrote who only got one forwarded."""
    written = letters.annotate(author=Lower("author_address"))
    return written.exclude(author__in=aside(conversation))


def aside(conversation: Conversation) -> list[str]:
    """The addresses of those a letter was only forwarded to, in small letters."""
    found = conversation.participants.filter(aside=True)
    return list(found.values_list("address", flat=True))


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


def check_recipients(to: Sequence[Address]) -> None:
    """Raise Refusal when nobody is named, or one by an address that mail can't reach."""
    if not to:
        says = _("Nobody to send this to. Add an address under To.")
        raise Refusal(says, code="no-recipient", field="to")
    for address in to:
        check_address(address)


def check_address(address: Address) -> None:
    """Raise Refusal for an address that mail can't reach."""
    try:
        validate_email(address.email)
    except ValidationError as error:
        raise Refusal(
            f"«{address.email}» is not an address that mail can reach.",
            code="address",
            field="to",
        ) from error
