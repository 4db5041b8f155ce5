"""A conversation's messages as the engine's turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from heard.channels.email.quoting import without_quotes
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs.addresses import aside
from heard.listening.types import Turn

SPOKEN = (Message.Kind.INBOUND, Message.Kind.OUTBOUND)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said, and the messages it was said in: turn i is message i."""

    messages: tuple[Message, ...]
    turns: tuple[Turn, ...]


def may_listen(conversation: Conversation) -> bool:
    """Whether the words of this conversation may be analysed."""
    return conversation.analyse and conversation.contact.analyse and conversation.inbox.analyse


def spoken_in(conversation: Conversation) -> Spoken:
    """The letters of both sides in order.

    Notes and machine-written letters are nobody's speech, what waits for its time is not said
    yet, and what is said with those a letter was forwarded to is not said with the customer.
    """
    spoken = conversation.messages.filter(kind__in=SPOKEN, automatic="", forwards=False)
    found = spoken.exclude(state=Message.State.PLANNED).select_related("user").order_by("at", "id")
    apart = set(aside(conversation))
    messages = tuple(one for one in found if not _is_apart(one, apart))
    return Spoken(messages, tuple(turns_of(conversation, messages)))


def _is_apart(message: Message, apart: set[str]) -> bool:
    """Whether it was written to or by those alone who stand aside of the customer's line."""
    if not message.is_ours:
        return message.author_address.lower() in apart
    readers = {one["email"].lower() for one in (*message.to, *message.cc)}
    return bool(readers) and readers <= apart


def turns_of(conversation: Conversation, messages: Iterable[Message]) -> Iterable[Turn]:
    """One turn for each message. A colleague's «Friday» is meant in the colleague's zone."""
    for message in messages:
        yield Turn(
            speaker="agent" if message.is_ours else "customer",
            # An answer between quoted lines keeps them in its text; they are not its own words.
            text=without_quotes(message.text),
            name=message.author_name or message.author_address,
            at=message.at,
            channel=conversation.inbox.channel,
            zone=_zone(conversation, message),
        )


def _zone(conversation: Conversation, message: Message) -> str:
    author = message.user or conversation.contact
    return author.time_zone or settings.TIME_ZONE
