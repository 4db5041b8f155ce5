"""Was the concern understood before a solution was offered?"""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.types import Measure, Place, Reading, Sign

# What shows that a colleague wants to understand first, the feeling included.
SEEKS = (
    *("question.open", "question.closed", "question.clarifying"),
    *("reflection", "reflection.feeling", "understanding-check", "empathy"),
)


def solution(reading: Reading) -> Iterator[Measure]:
    """Whether a solution came before the first question or word said back: 1 or 0.

    Left out before the colleague has done either.
    """
    first = first_move(reading)
    if first:
        yield Measure(
            name="solution_first",
            value=float(first[0] == "advice"),
            unit="yes or no",
            source='Heard: advice before any question or reflection ("premature focus", MI).',
        )


def first_move(reading: Reading) -> tuple[str, Place] | None:
    """The first thing the colleague does about the matter: a solution, or seeking to understand.

    Returns the sign's kind and place; of two at one place the seeking one counts.
    """
    for index, signs in enumerate(reading.signs):
        moves = [s for s in signs if s.kind == "advice" or s.kind in SEEKS]
        if moves and reading.turns[index].speaker == "agent":
            first = min(moves, key=_begin)
            return first.kind, Place(turn=index, start=first.start, end=first.end)
    return None


def _begin(sign: Sign) -> tuple[int, bool]:
    return sign.start, sign.kind == "advice"
