"""Moving messages from one conversation to another, and how each stands afterwards."""

from __future__ import annotations

from collections.abc import Collection

from heard.inbox import findable
from heard.inbox.models import Conversation, Message, Participant
from heard.inbox.verbs.addresses import in_line
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.receive import preview_of

LETTERS = (Message.Kind.INBOUND, Message.Kind.OUTBOUND)


def both_locked(one: Conversation, other: Conversation) -> tuple[Conversation, Conversation]:
    """Both as they are now, held until the transaction ends.

    Always in the same order, so that two who move at once can't wait for each other.
    """
    held = {each.pk: locked(each) for each in sorted((one, other), key=_by_id)}
    return held[one.pk], held[other.pk]


def move(messages: Collection[int], target: Conversation) -> None:
    """Let these messages, by their ids, belong to another conversation, and be found there."""
    Message.objects.filter(pk__in=messages).update(conversation=target)
    findable.follow(target.pk, list(messages))


def settle_anew(conversation: Conversation) -> None:
    """Set what follows from the messages: the newest words, since when it waits, its files."""
    said = conversation.messages.filter(kind__in=LETTERS).exclude(state=Message.State.PLANNED)
    newest = said.order_by("-at", "-id").first()
    if newest:
        conversation.last_at, conversation.preview = newest.at, preview_of(newest)
    answered = said.filter(kind=Message.Kind.OUTBOUND, forwards=False).order_by("-at").first()
    asked = said.filter(kind=Message.Kind.INBOUND, automatic="")
    open_letters = in_line(conversation, asked)
    if answered:
        open_letters = open_letters.filter(at__gt=answered.at)
    first = open_letters.order_by("at", "id").first()
    conversation.waiting_since = first.at if first else None
    conversation.has_files = conversation.messages.filter(attachments__isnull=False).exists()
    conversation.save()


def addresses_in(conversation: Conversation) -> set[str]:
    """Every address that its letters came from or name, in small letters."""
    rows = conversation.messages.filter(kind__in=LETTERS).values_list("author_address", "to", "cc")
    named = ((author, *(one["email"] for one in (*to, *cc))) for author, to, cc in rows)
    return {address.lower() for addresses in named for address in addresses if address}


def let_take_part(conversation: Conversation, people: Collection[tuple[str, str]]) -> list[str]:
    """Let these (address, name) take part; the addresses that did not before."""
    known = set(conversation.participants.values_list("address", flat=True))
    new = [
        Participant(conversation=conversation, address=a, name=n)
        for a, n in people
        if a not in known
    ]
    Participant.objects.bulk_create(new, ignore_conflicts=True)
    return [one.address for one in new]


def _by_id(conversation: Conversation) -> int:
    return conversation.pk
