"""The customer writes first: what was to leave later does not, unless its author said so."""

from __future__ import annotations

from heard.events.verbs import record
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs import drafts

HELD = "%s wrote before this could leave. Send it again if it still holds."


def hold_back(conversation: Conversation, letter: Message) -> None:
    """Give the words of planned letters back to their authors; the conversation is held.

    The line in the thread and the notice to the author follow from the event.
    """
    planned = conversation.messages.select_for_update(of=("self",)).filter(
        state=Message.State.PLANNED, leaves_anyway=False
    )
    for message in planned.select_related("user"):
        record(
            "message.held-back",
            conversation=conversation,
            message=message,
            topics=conversation.topics,
            author=message.user_id,
            wrote=letter.called,
        )
        _stop(message, letter)


def _stop(message: Message, letter: Message) -> None:
    if message.user is not None:
        drafts.give_back(message)
        message.delete()
        return
    # Nobody's draft can hold it: it stays in sight, under «Not sent».
    message.state, message.leaves_at = Message.State.FAILED, None
    message.state_note = HELD % letter.called
    message.save(update_fields=["state", "leaves_at", "state_note"])
