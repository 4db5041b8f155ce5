"""What happened in a conversation, as its clocks take it: letters and events, no automatic ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heard.events.models import Event
from heard.inbox.models import Conversation, Message
from heard.levels.course import Happening, What

# A letter of ours that could not leave has answered nobody.
ON_ITS_WAY = (Message.State.QUEUED, Message.State.SENT)
EVENTS = (
    "conversation.closed",
    "conversation.reopened",
    "conversation.snoozed",
    "conversation.woken",
)
Status = Conversation.Status


def happenings_of(conversation: Conversation) -> list[Happening]:
    """Its happenings in order of time; two queries, each by its index."""
    found = sorted([*_letters(conversation), *_events(conversation)], key=_when)
    return [*found, *_since(conversation, found)]


def _letters(conversation: Conversation) -> Iterator[Happening]:
    letters = conversation.messages.filter(
        kind__in=(Message.Kind.INBOUND, Message.Kind.OUTBOUND), automatic="", forwards=False
    )
    for kind, at, state in letters.order_by().values_list("kind", "at", "state"):
        if kind == Message.Kind.INBOUND:
            yield Happening(at, What.ASKED)
        elif state in ON_ITS_WAY:
            yield Happening(at, What.ANSWERED)


def _events(conversation: Conversation) -> Iterator[Happening]:
    events = Event.objects.filter(conversation_id=conversation.pk, name__in=EVENTS)
    rows = events.order_by("pk").values_list("name", "at", "message_id", "details")
    for name, at, message, details in rows:
        # What a letter opened again began anew with that letter.
        if not (name == "conversation.reopened" and message):
            yield Happening(at, _what(name, details))


def _what(name: str, details: dict[str, object]) -> What:
    if name == "conversation.snoozed":
        return What.BACK if details.get("until") else What.PUT_OFF
    return {
        "conversation.closed": What.CLOSED,
        "conversation.reopened": What.REOPENED,
        "conversation.woken": What.BACK,
    }[name]


def _since(conversation: Conversation, found: list[Happening]) -> Iterator[Happening]:
    """What only the conversation's status tells: history came in as closed, an act was undone."""
    at = found[-1].at if found else conversation.opened_at
    closed = _last(found, What.CLOSED, What.REOPENED, What.ASKED) == What.CLOSED
    is_closed = conversation.status == Status.CLOSED
    if is_closed and not closed:
        yield Happening(max(conversation.closed_at or at, at), What.CLOSED)
    elif closed and not is_closed:
        yield Happening(at, What.REOPENED)
    rests = _last(found, What.PUT_OFF, What.BACK, What.ASKED, What.CLOSED) == What.PUT_OFF
    is_put_off = conversation.status == Status.SNOOZED and conversation.snoozed_until is None
    if is_put_off != rests and not is_closed:
        yield Happening(at, What.PUT_OFF if is_put_off else What.BACK)


def _last(found: list[Happening], *kinds: What) -> What | None:
    return next((one.what for one in reversed(found) if one.what in kinds), None)


def _when(one: Happening) -> datetime:
    return one.at
