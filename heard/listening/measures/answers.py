"""What became of asks and feelings, as shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heard.listening.passage import Passage
from heard.listening.types import Ask, Measure, Place, Reading


def covered(asks: Sequence[Ask]) -> float:
    """The share of asks that were answered without being asked again, in part for a half."""
    worth = [{"part": 0.5}.get(ask.coverage, 1.0) for ask in asks if ask.state == "answered"]
    return sum(worth) / len(asks)


def followed(reading: Reading, passages: Sequence[Passage]) -> bool:
    """Whether there are asks, and replies to follow them to, of which every one could be read."""
    replies = [passage for passage in passages if passage.turn.speaker == "agent"]
    return bool(reading.asks and replies) and all(reply.read for reply in replies)


def coverage(reading: Reading, passages: Sequence[Passage]) -> Iterator[Measure]:
    """The share of asks answered without being asked again; nothing before the first reply."""
    if followed(reading, passages):
        repeated = sum(1 for ask in reading.asks if ask.state == "repeated")
        yield Measure(
            name="ask_coverage",
            value=covered(reading.asks),
            unit="share of asks",
            source="Heard: asks followed to their answers; in part is half, repeated nothing.",
        )
        yield Measure(
            name="asks_repeated",
            value=float(repeated),
            unit="asks",
            source="Heard: asks that the customer had to make again.",
        )


def acknowledged(reading: Reading, unacknowledged: Sequence[Place]) -> Iterator[Measure]:
    """The share of unpleasant feelings that the next reply took up."""
    taken_up = sum(1 for link in reading.links if link.kind == "acknowledgement")
    if taken_up or unacknowledged:
        yield Measure(
            name="feelings_acknowledged",
            value=taken_up / (taken_up + len(unacknowledged)),
            unit="share of feelings",
            source="After the emotional reactions of EPITOME (Sharma et al. 2020), by rule.",
        )


def next_step(reading: Reading) -> Iterator[Measure]:
    """Whether the colleague's last turn says what happens next: 1 or 0."""
    for index in range(len(reading.turns) - 1, -1, -1):
        if reading.turns[index].speaker == "agent":
            kinds = {sign.kind for sign in reading.signs[index]}
            yield Measure(
                name="next_step_named",
                value=float(bool(kinds & {"commitment", "next-step"})),
                unit="yes or no",
                source="Heard: a promise or a next step in the colleague's last turn.",
            )
            return
