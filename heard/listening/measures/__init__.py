"""Numbers over a conversation. Each names its unit and where the measure comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heard.listening.measures import answers, mirroring, order, talk, timing
from heard.listening.passage import Passage
from heard.listening.types import Measure, Place, Reading


def measure(
    reading: Reading, passages: Sequence[Passage], unacknowledged: Sequence[Place]
) -> Iterator[Measure]:
    """Yield every measure that this conversation gives; what cannot be measured is left out."""
    yield from answers.coverage(reading, passages)
    yield from answers.acknowledged(reading, unacknowledged)
    yield from answers.next_step(reading)
    yield from timing.responses(reading.turns)
    yield from timing.talk_over(reading.turns)
    yield from talk.shares(reading.turns, passages)
    yield from talk.questions(reading)
    yield from order.solution(reading)
    yield from mirroring.mirroring(passages)
    yield from mirroring.personal(passages)
    yield from talk.clarity(passages)
    unread = sum(1 for p in passages if not p.read)
    if unread:
        yield Measure(
            name="turns_not_read",
            value=float(unread),
            unit="turns",
            source="Heard: turns in a language without rules are left out, never guessed at.",
        )
