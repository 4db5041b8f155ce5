"""What was heard in a conversation, as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import get_object_or_404

from heard.accounts.models import User
from heard.inbox.models import Conversation
from heard.listening.marks import Mark, mark_of
from heard.readings.course import Course, drawn
from heard.readings.models import Ask, Commitment, Reading, Sign
from heard.readings.turns import may_listen


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything heard in one conversation; marks by message id.

    `ties` leads from an ask's id to the place of its answer, or where it was made again.
    """

    marks: dict[int, list[Mark]] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    ties: dict[int, dict[str, Any]] = field(default_factory=dict)
    commitments: list[Commitment] = field(default_factory=list)
    skills: list[dict[str, Any]] = field(default_factory=list)
    measures: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    course: Course = field(default_factory=Course)
    is_read: bool = False


def heard_in(conversation: Conversation) -> Heard:
    """What the engine heard: nothing when it has not listened, or when it must not.

    A word not to analyse counts from the moment it is given, so it is asked here as well.
    """
    reading: Reading | None = getattr(conversation, "reading", None)
    if reading is None or not may_listen(conversation):
        return Heard()
    asks = list(Ask.objects.filter(message__conversation=conversation))
    return Heard(
        marks=marks_in(conversation),
        asks=asks,
        ties=_ties(asks, reading.links),
        commitments=list(Commitment.objects.filter(message__conversation=conversation)),
        skills=reading.skills,
        measures=reading.measures,
        links=reading.links,
        course=drawn(reading.course),
        is_read=True,
    )


def _ties(asks: list[Ask], links: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    answers = {_at(one["source"]): one["target"] for one in links if one["kind"] == "answer"}
    again = {_at(one["target"]): one["source"] for one in links if one["kind"] == "repeat"}
    found = {}
    for ask in asks:
        where = again if ask.state == Ask.State.REPEATED else answers
        place = where.get((ask.message_id, ask.start, ask.end))
        if place and ask.state != Ask.State.OPEN:
            found[ask.pk] = place
    return found


def _at(place: dict[str, Any]) -> tuple[int, int, int]:
    return place["message_id"], place["start"], place["end"]


def marks_in(conversation: Conversation) -> dict[int, list[Mark]]:
    """The marks of each message, in the order of its text."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for sign in Sign.objects.filter(message__conversation=conversation):
        marks[sign.message_id].append(mark_of(sign))
    return dict(marks)


def ask_of(user: User, pk: int) -> Ask:
    """An ask in a conversation this person reaches; Http404 for a stranger."""
    reached = Ask.objects.filter(message__conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached.select_related("message__conversation"), pk=pk)


def commitment_of(user: User, pk: int) -> Commitment:
    """A promise in a conversation this person reaches; Http404 for a stranger."""
    reached = Commitment.objects.filter(message__conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached.select_related("message__conversation"), pk=pk)
