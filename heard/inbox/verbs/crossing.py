"""Two people answer one letter at once: the second is told before theirs leaves."""

from __future__ import annotations

from collections.abc import Sequence

from heard.accounts.models import User
from heard.inbox.models import Conversation, Message
from heard.refusal import Refusal

SHOWN = 5
LETTERS = (Message.Kind.INBOUND, Message.Kind.OUTBOUND)


class Crossed(Refusal):
    """Somebody wrote while this was written: `letters` are what came in between, oldest first."""

    def __init__(self, letters: Sequence[Message]) -> None:
        last = letters[-1]
        says = (
            f"{last.called} wrote while you were writing, so this was not sent. Read that first,"
            " then send yours anyway or change it."
        )
        super().__init__(says, code="crossed", field="after_message")
        self.letters = letters


def refuse_crossing(by: User, conversation: Conversation, after: int | None) -> None:
    """Raise Crossed when letters by others are newer than `after`; None asks for no such care.

    Notes and machine-written letters cross nothing, and nobody crosses themselves. The
    conversation is held, so of two replies at one moment the second finds the first.
    """
    if after is None:
        return
    newer = conversation.messages.filter(pk__gt=after, kind__in=LETTERS, automatic="")
    # Not exclude(): a customer's letter has no user, and must be found.
    letters = [one for one in newer.order_by("-pk")[: SHOWN + 1] if one.user_id != by.pk]
    if letters:
        raise Crossed(letters[:SHOWN][::-1])


def newest_seen(conversation: Conversation) -> int:
    """The id of the newest message there is now; 0 before the first."""
    return conversation.messages.order_by("-pk").values_list("pk", flat=True).first() or 0
