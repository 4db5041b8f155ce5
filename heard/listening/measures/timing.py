"""How long the customer waited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from statistics import median

from heard.listening.types import Measure, Turn


def responses(turns: Sequence[Turn]) -> Iterator[Measure]:
    """The first and the median response time; pairs whose times run backwards are left out."""
    waits = [seconds for _, seconds in waited(turns)]
    if waits:
        source = "Elapsed time from the customer's first unanswered turn to the next reply."
        yield Measure(name="first_response", value=waits[0], unit="seconds", source=source)
        yield Measure(name="median_response", value=median(waits), unit="seconds", source=source)


def waited(turns: Sequence[Turn]) -> Iterator[tuple[int, float]]:
    """Yield each reply's position and the seconds the customer had waited for it.

    Several turns of the customer in a row count from the first. Turns without a time are left out.
    """
    since: datetime | None = None
    waiting = False
    for index, turn in enumerate(turns):
        if turn.speaker == "customer":
            since = since if waiting else aware(turn)
            waiting = True
        elif waiting:
            at = aware(turn)
            if since and at and at >= since:
                yield index, (at - since).total_seconds()
            since, waiting = None, False


def aware(turn: Turn) -> datetime | None:
    """A turn's time with its zone; a naive time is taken as UTC, so that two can be compared."""
    if turn.at is None or turn.at.tzinfo:
        return turn.at
    return turn.at.replace(tzinfo=UTC)
