"""What was heard in a conversation, as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any, TypeVar

from django.shortcuts import get_object_or_404

from heard.accounts.models import User
from heard.inbox.models import Conversation
from heard.listening.marks import Mark, mark_of
from heard.listening.types import Measure
from heard.readings.course import Course, drawn
from heard.readings.models import Ask, Commitment, Reading, Sign
from heard.readings.turns import may_listen

Row = TypeVar("Row", Sign, Ask, Commitment)


class Heard:
    """Everything heard in one conversation, each part asked for when a page shows it."""

    def __init__(self, conversation: Conversation, reading: Reading | None = None) -> None:
        self._conversation = conversation
        self._reading = reading or Reading()
        self.is_read = reading is not None
        self.skills: list[dict[str, Any]] = self._reading.skills
        self.links: list[dict[str, Any]] = self._reading.links

    @cached_property
    def marks(self) -> dict[int, list[Mark]]:
        """The marks of each message by its id, in the order of its text."""
        marks: dict[int, list[Mark]] = defaultdict(list)
        for sign in self._rows(Sign):
            marks[sign.message_id].append(mark_of(sign))
        return dict(marks)

    @cached_property
    def asks(self) -> list[Ask]:
        """What the customer asked."""
        return self._rows(Ask)

    @cached_property
    def commitments(self) -> list[Commitment]:
        """What we promised, the first due first."""
        return self._rows(Commitment)

    @cached_property
    def ties(self) -> dict[int, dict[str, Any]]:
        """From an ask's id to the place of its answer, or where it was made again.

        For an open one: to words that speak of it and leave it open.
        """
        return _ties(self.asks, self.links)

    @cached_property
    def measures(self) -> list[Measure]:
        """The numbers over the conversation."""
        return [Measure(**one) for one in self._reading.measures]

    @cached_property
    def course(self) -> Course:
        """How the customer's feeling went."""
        return drawn(self._reading.course)

    def _rows(self, model: type[Row]) -> list[Row]:
        kept = model._default_manager.filter(message__conversation=self._conversation)
        return list(kept) if self.is_read else []


def heard_in(conversation: Conversation) -> Heard:
    """What the engine heard: nothing when it has not listened, or when it must not.

    A word not to analyse counts from the moment it is given, so it is asked here as well.
    """
    reading: Reading | None = getattr(conversation, "reading", None)
    return Heard(conversation, reading if may_listen(conversation) else None)


def _ties(asks: list[Ask], links: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    ends: dict[str, dict[tuple[int, int, int], dict[str, Any]]] = {state: {} for state in Ask.State}
    for one in links:
        # Readings made before links had a coverage know of whole answers only.
        coverage = one.get("coverage") or "full"
        if one["kind"] == "repeat":
            ends[Ask.State.REPEATED][_at(one["target"])] = one["source"]
        elif one["kind"] == "answer":
            state = Ask.State.OPEN if coverage == "none" else Ask.State.ANSWERED
            ends[state][_at(one["source"])] = {**one["target"], "coverage": coverage}
    ties = {ask.pk: ends[ask.state].get((ask.message_id, ask.start, ask.end)) for ask in asks}
    return {pk: place for pk, place in ties.items() if place}


def _at(place: dict[str, Any]) -> tuple[int, int, int]:
    return place["message_id"], place["start"], place["end"]


def ask_of(user: User, pk: int) -> Ask:
    """An ask in a conversation this person reaches; Http404 for a stranger."""
    reached = Ask.objects.filter(message__conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached.select_related("message__conversation"), pk=pk)


def commitment_of(user: User, pk: int) -> Commitment:
    """A promise in a conversation this person reaches; Http404 for a stranger."""
    reached = Commitment.objects.filter(message__conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached.select_related("message__conversation"), pk=pk)
