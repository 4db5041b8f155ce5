"""What to write where it has gone silent: an answer that is due, or a question to ask again.

Only a suggestion: nothing is sent and nothing closed by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from heard import clock
from heard.inbox.filters.fields import QUIET_AFTER
from heard.inbox.models import Conversation
from heard.readings.asking import last_said, questions_in
from heard.readings.models import Ask
from heard.readings.turns import may_listen

# Whoever has waited so long is told first that they were not forgotten.
LONG_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Since when it is silent and whose turn it is, in a sentence; and a letter to begin with."""

    since: datetime
    says: str
    text: str


def suggested(conversation: Conversation) -> FollowUp | None:
    """A follow-up for a customer who waits for us, or who has gone quiet; None for others."""
    now = clock.now()
    if conversation.status == Conversation.Status.CLOSED or not may_listen(conversation):
        return None
    if conversation.waiting_since and now - conversation.waiting_since > LONG_WAIT:
        return _overdue(conversation, conversation.waiting_since)
    if conversation.asked_at and now - conversation.asked_at > QUIET_AFTER:
        return _ask_again(conversation, conversation.asked_at)
    return None


def _overdue(conversation: Conversation, since: datetime) -> FollowUp | None:
    asks = Ask.objects.filter(message__conversation=conversation)
    texts = [ask.text for ask in asks.exclude(state=Ask.State.ANSWERED)[:3]]
    if not texts:
        return None
    listed = "\n".join(f"- {text}" for text in texts)
    begins = _("I'm sorry that you have had to wait. You asked:")
    says = _("waits for an answer to what they wrote")
    return FollowUp(since, says, _greeted(conversation, f"{begins}\n\n{listed}"))


def _ask_again(conversation: Conversation, since: datetime) -> FollowUp | None:
    last = last_said(conversation)
    asked = questions_in(last) if last else []
    if not asked:
        return None
    begins = _("I'm coming back to what I asked you:")
    ends = _("A short line is enough. I'm keeping this open for you until then.")
    text = f"{begins}\n\n{asked[-1]}\n\n{ends}"
    return FollowUp(since, _("has not answered what we asked"), _greeted(conversation, text))


def _greeted(conversation: Conversation, text: str) -> str:
    name = conversation.contact.first_name
    greeting = _("Hello %s,") % name if name else _("Hello,")
    return f"{greeting}\n\n{text}\n"
