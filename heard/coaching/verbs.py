"""Advice on a draft before it is sent."""

from __future__ import annotations

from heard import clock
from heard.inbox.models import Conversation
from heard.listening.types import Advice
from heard.readings import engine
from heard.readings.turns import may_listen, spoken_in


def advise(conversation: Conversation, draft: str) -> list[Advice]:
    """What a good listener would notice in the draft, most useful first; nothing is stored.

    Nothing at all where the customer, the conversation or the inbox said not to analyse.
    """
    if not draft.strip() or not may_listen(conversation):
        return []
    advice = engine.check(draft, spoken_in(conversation).turns, at=clock.now())
    # Three reproaches need saying once: each sentence stands only at its first place.
    return list({one.says: one for one in reversed(advice)}.values())[::-1]
