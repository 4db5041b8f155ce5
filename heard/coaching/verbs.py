"""Advice on a draft before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heard import clock
from heard.inbox.models import Conversation
from heard.listening.advice.draft import BEGUN, STRETCHES, since
from heard.listening.passage import make
from heard.listening.types import Advice, Turn
from heard.readings import engine
from heard.readings.turns import may_listen, spoken_in


@dataclass(frozen=True, slots=True)
class Counsel:
    """Advice, most useful first, and whether the draft is ready: judged, and all is well.

    Neither is said of a draft that nobody judged.
    """

    advice: Sequence[Advice] = ()
    ready: bool = False


def counsel(conversation: Conversation, draft: str) -> Counsel:
    """What a good listener would notice in the draft, or that it is ready; nothing is stored.

    Nothing at all where the customer, the conversation or the inbox said not to analyse.
    """
    if not draft.strip() or not may_listen(conversation):
        return Counsel()
    turns = spoken_in(conversation).turns
    advice = engine.check(draft, turns, at=clock.now())
    # Three reproaches need saying once: each sentence stands only at its first place.
    once: dict[str, Advice] = {}
    for one in advice:
        once.setdefault(one.says, one)
    return Counsel(tuple(once.values()), ready=not once and _was_judged(draft, turns))


def advise(conversation: Conversation, draft: str) -> list[Advice]:
    """The advice of the counsel alone."""
    return list(counsel(conversation, draft).advice)


def _was_judged(draft: str, turns: Sequence[Turn]) -> bool:
    """Whether the engine could tell what is missing.

    Of a few words it does not ask that, and what it can't read says nothing to it: silence then
    does not mean that all is well.
    """
    said = make(Turn(speaker="agent", text=draft), len(turns))
    letters = [make(turn, at) for at, turn in enumerate(turns[since(turns, STRETCHES) :])]
    enough = sum(len(sentence.words) for sentence in said.sentences) >= BEGUN
    return enough and all(passage.read for passage in (said, *letters))
