"""From an event to those who are told of it: one function for each kind of event."""

from __future__ import annotations

from collections.abc import Sequence

from heard.accounts.models import User
from heard.events.models import Event
from heard.inbox.models import Bulk, Conversation, Message
from heard.inbox.queries import assignable
from heard.notifications import audience
from heard.notifications.models import Kind
from heard.notifications.verbs import Happening, tell


def letter(message_id: int) -> None:
    """A customer has written in a conversation that somebody has or follows."""
    if (message := _message(message_id)) is None:
        return
    happening = Happening(
        kind=Kind.LETTER,
        event="message.received",
        conversation=message.conversation,
        message=message,
        at=message.at,
        preview=message.text,
    )
    tell(happening, audience.of_letters(message.conversation))


def note(message_id: int, mentions: Sequence[int]) -> None:
    """A colleague took a note, and may have called somebody by name."""
    if (message := _message(message_id)) is None:
        return
    conversation = message.conversation
    called = audience.reaching(conversation, mentions)
    others = audience.of_notes(conversation, message, mentions)
    for kind, people in ((Kind.MENTION, called), (Kind.NOTE, others)):
        happening = Happening(
            kind=kind,
            event="note.written",
            conversation=conversation,
            message=message,
            at=message.at,
            by=message.user,
            preview=message.text,
        )
        tell(happening, people)


def assigned(conversation_id: int, more: int = 0) -> None:
    """Somebody was given a conversation, and still has it. more: how many others with it."""
    event = _newest(conversation_id, "conversation.assigned")
    conversation = _conversation(conversation_id)
    if event is None or conversation is None or conversation.assignee is None:
        return
    if event.details.get("assignee") == conversation.assignee_id:
        event.details["more"] = more
        tell(_of(Kind.ASSIGNED, event, conversation), [conversation.assignee])


def given(conversation_id: int, more: int = 0) -> None:
    """A team was given a conversation that none of it has yet. more: how many others with it."""
    event = _newest(conversation_id, "conversation.given")
    conversation = _conversation(conversation_id)
    if event is None or conversation is None or conversation.assignee_id:
        return
    if event.details.get("team") == conversation.team_id:
        event.details["more"] = more
        tell(_of(Kind.ASSIGNED, event, conversation), audience.of_team(conversation))


def bulk(bulk_id: int) -> None:
    """By one act many were given away: whoever got them hears of it once."""
    done = Bulk.objects.filter(pk=bulk_id, act__in=GIVEN_BY).first()
    step = done.steps.exclude(were=[]).order_by("pk").first() if done else None
    if done and step:
        GIVEN_BY[done.act](step.were[0][0], more=done.changed - 1)


# The acts that give conversations to somebody, and who is told of it.
GIVEN_BY = {"assign": assigned, "team": given}


def level(conversation_id: int, kind: str) -> None:
    """A service level is nearly due, or was missed. kind: which one, as its event says."""
    event = _newest(conversation_id, "level.warned", "level.missed", details__kind=kind)
    conversation = _conversation(conversation_id)
    if event is not None and conversation is not None:
        tell(_of(Kind.LEVEL, event, conversation), audience.of_levels(conversation))


def trouble(conversation_id: int, message_id: int, *names: str) -> None:
    """A letter could not leave, came back or was held back: whoever wrote it hears of that.

    One that was held back is a draft again, so its author stands with the event.
    """
    event = _newest(conversation_id, *names, message_id=message_id)
    conversation = _conversation(conversation_id)
    if event is None or conversation is None:
        return
    message = _message(message_id)
    author = message.user_id if message else event.details.get("author")
    people = _writer(conversation, author)
    tell(_of(Kind.TROUBLE, event, conversation, message), people)


def _writer(conversation: Conversation, author: int | None) -> list[User]:
    """Who wrote it; whoever has the conversation where the writer reaches it no more."""
    ids = [author] if author else []
    found = list(assignable(conversation).filter(pk__in=ids))
    return found or list(audience.of_letters(conversation))


def _of(
    kind: Kind, event: Event, conversation: Conversation, message: Message | None = None
) -> Happening:
    return Happening(
        kind=kind,
        event=event.name,
        conversation=conversation,
        message=message,
        at=event.at,
        by=event.by,
        preview=conversation.preview,
        details=event.details,
    )


def _newest(conversation_id: int, *names: str, **having: object) -> Event | None:
    events = Event.objects.filter(conversation_id=conversation_id, name__in=names, **having)
    return events.select_related("by").order_by("-pk").first()


def _conversation(pk: int) -> Conversation | None:
    return Conversation.objects.select_related("assignee", "contact").filter(pk=pk).first()


def _message(pk: int) -> Message | None:
    found = Message.objects.filter(pk=pk).select_related("user", "conversation__assignee")
    return found.first()
