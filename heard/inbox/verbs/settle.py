"""What became of a letter of ours: sent, postponed, failed, bounced; and trying again."""

from __future__ import annotations

from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.events.verbs import record
from heard.inbox import findable
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.wording import rewrite
from heard.refusal import Refusal

State = Message.State


@transaction.atomic
def sent(message: Message, response: str) -> None:
    """The relay took it; its words are kept. A bounce that was quicker than they stays."""
    # Held whatever its state: a bounce that is being written must be seen, not overwritten.
    now = Message.objects.select_for_update().get(pk=message.pk)
    if now.state != State.BOUNCED:
        _settle(message, State.SENT, response, "message.sent")


@transaction.atomic
def remark(message: Message, remarks: list[str]) -> None:
    """Note on a letter what someone should see, such as a recipient the server did not take."""
    message.remarks = [each[:300] for each in remarks]
    message.save(update_fields=["remarks"])
    _bring_up(message)


@transaction.atomic
def postpone(message: Message, says: str) -> None:
    """It could not leave yet and will be tried again."""
    _settle(message, State.QUEUED, says, "message.postponed")


@transaction.atomic
def fail(message: Message, says: str) -> None:
    """It can't leave as it is: the conversation comes up so that someone sees it."""
    _settle(message, State.FAILED, says, "message.failed")
    _bring_up(message)


@transaction.atomic
def bounce(message: Message, says: str, *, permanent: bool) -> None:
    """A mail server further on could not deliver it. A delay is noted; a refusal is shown."""
    state = State.BOUNCED if permanent else State(message.state)
    _settle(message, state, says, "message.bounced" if permanent else "message.delayed")
    if permanent:
        _bring_up(message)


@transaction.atomic
def retry(by: User, message: Message, *, text: str | None = None, to: str | None = None) -> Message:
    """Send again what failed or bounced, after an edit of its words or address if given.

    to: addresses with commas between. Raises Refusal when it is on its way or has arrived.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.is_planned:
        raise Refusal(
            "This letter waits for its time. Send it now, or change that.", code="planned"
        )
    if message.state not in (State.FAILED, State.BOUNCED, State.QUEUED):
        raise Refusal("This letter has left already.", code="sent")
    rewrite(message, text=text, to=to)
    message.state = State.QUEUED
    message.state_note = ""
    message.queued_at = clock.now()
    message.save()
    findable.keep(message)
    conversation = message.conversation
    record(
        "message.edited",
        by=by,
        conversation=conversation,
        message=message,
        topics=conversation.topics,
    )
    return message


def _settle(message: Message, state: Message.State, says: str, event: str) -> None:
    message.state = state
    message.state_note = says[:2000]
    message.save(update_fields=["state", "state_note"])
    conversation = message.conversation
    record(event, conversation=conversation, message=message, topics=conversation.topics)


def _bring_up(message: Message) -> None:
    conversation = locked(message.conversation)
    conversation.last_at = clock.now()
    conversation.take_up(Conversation.Woke.FAILED)
    conversation.save(update_fields=["last_at", *Conversation.TAKEN_UP])
