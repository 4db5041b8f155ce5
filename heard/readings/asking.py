"""Since when something we asked waits for the customer's answer."""

from __future__ import annotations

import re
from datetime import datetime

from heard.inbox.models import Conversation, Message
from heard.readings.models import Sign

QUESTIONS = ("question.open", "question.closed", "question.clarifying", "understanding-check")
_OFFER = re.compile(r"\b(?:any|some)thing else\b|\bsonst noch (?:et)?was\b", re.IGNORECASE)
_SPOKEN = (Message.Kind.INBOUND, Message.Kind.OUTBOUND)


def asked_since(conversation: Conversation) -> datetime | None:
    """When we wrote the newest letter, if it asks something; None when the customer wrote last."""
    last = last_said(conversation)
    return last.at if last and questions_in(last) else None


def last_said(conversation: Conversation) -> Message | None:
    """The newest letter of either side; one that a program wrote says nothing."""
    said = conversation.messages.filter(kind__in=_SPOKEN, automatic="", forwards=False)
    said = said.exclude(state=Message.State.PLANNED)
    return said.order_by("-at", "-id").first()


def questions_in(message: Message) -> list[str]:
    """The questions in a letter of ours. «Anything else I can do?» offers and asks nothing."""
    if not message.is_ours:
        return []
    signs = Sign.objects.filter(message=message, kind__in=QUESTIONS)
    asked = dict.fromkeys(message.text[one.start : one.end].strip() for one in signs)
    return [words for words in asked if not _OFFER.search(words)]
