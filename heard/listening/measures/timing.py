"""How long the customer waited, and who spoke over whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median

from heard.listening.types import Measure, Place, Turn

# Overlaps up to this many seconds are the way people talk, and subtitles are no more exact.
OVERLAP = 0.5
CHAT = "chat"
# A median of one wait is that wait, so it is given from two replies on.
MEDIAN_FROM = 2

HOUR = 3_600.0
# Rough marks for where no service level is known.
_PROMPT = {"chat": (60.0, 600.0), "voice": (5.0, 30.0), "": (4 * HOUR, 48 * HOUR)}


def prompt(channel: str) -> tuple[float, float]:
    """Seconds within which a reply is prompt, and from which on it is late."""
    return _PROMPT.get(channel, _PROMPT[""])


def responses(turns: Sequence[Turn]) -> Iterator[Measure]:
    """The first response time, and from two replies on the median and the longest.

    Pairs whose times run backwards are left out.
    """
    waits = [seconds for _, seconds in waited(turns)]
    source = "Elapsed time from the customer's first unanswered turn to the next reply."
    if waits:
        yield Measure(name="first_response", value=waits[0], unit="seconds", source=source)
    if len(waits) >= MEDIAN_FROM:
        yield Measure(name="median_response", value=median(waits), unit="seconds", source=source)
        yield Measure(name="longest_response", value=max(waits), unit="seconds", source=source)


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


def in_vain(turns: Sequence[Turn]) -> float:
    """Seconds for which the customer, who wrote again since, had no reply to their first turn.

    How long they wait in truth depends on today, of which a reading knows nothing; 0 where they
    wrote once or the last word is ours.
    """
    since: datetime | None = None
    waiting, seconds = False, 0.0
    for turn in turns:
        if turn.speaker == "agent":
            since, waiting, seconds = None, False, 0.0
            continue
        at = aware(turn)
        since = since if waiting else at
        waiting = True
        if since and at and at >= since:
            seconds = (at - since).total_seconds()
    return seconds


def aware(turn: Turn) -> datetime | None:
    """A turn's time with its zone; a naive time is taken as UTC, so that two can be compared."""
    if turn.at is None or turn.at.tzinfo:
        return turn.at
    return turn.at.replace(tzinfo=UTC)


def talk_over(turns: Sequence[Turn]) -> Iterator[Measure]:
    """How often the colleague spoke or wrote over the customer, and the usual pause before a reply.

    From the first reply on that has the times of both sides.
    """
    gaps, typed = [gap for _, gap in _gaps(turns)], list(_typed_over(turns))
    if gaps:
        likely = any(turn.channel == "voice" for turn in turns)
        yield Measure(
            name="talk_over",
            value=float(sum(gap < -OVERLAP for gap in gaps)),
            unit="times, likely" if likely else "times",
            source="Heard: replies over 0.5 s before the customer ends; shorter overlaps are "
            "common (Heldner and Edlund 2010). Likely only: the cues of subtitles are padded.",
        )
        yield Measure(
            name="reply_gap",
            value=round(median(gaps), 3),
            unit="seconds",
            source="Median pause before a reply; 0.2 s is usual in talk (Stivers et al. 2009).",
        )
    if typed:
        yield Measure(
            name="typed_over",
            value=float(sum(over > OVERLAP for _, over in typed)),
            unit="times",
            source="Heard: our messages sent over 0.5 s after the customer began the next.",
        )


def talked_over(turns: Sequence[Turn]) -> Iterator[Place]:
    """The colleague's turns that begin over half a second before the customer has ended.

    In a chat: those that were sent while the customer was writing, their last words unread.
    """
    overlaps = [*((at, -gap) for at, gap in _gaps(turns)), *_typed_over(turns)]
    for index, overlap in sorted(overlaps):
        if overlap > OVERLAP and turns[index].text.strip():
            yield Place(turn=index, start=0, end=len(turns[index].text))


def _gaps(turns: Sequence[Turn]) -> Iterator[tuple[int, float]]:
    """Each spoken reply's position and the seconds of silence before it; below 0 they overlap."""
    for index, (last, turn) in enumerate(pairwise(turns), 1):
        answers = last.speaker == "customer" and turn.speaker == "agent"
        if not answers or turn.channel == CHAT or last.end is None or turn.start is None:
            continue
        # What began before the words it answers has its times wrong.
        if last.start is None or turn.start >= last.start:
            yield index, turn.start - last.end


def _typed_over(turns: Sequence[Turn]) -> Iterator[tuple[int, float]]:
    """Each chat message of ours before one of theirs, and for how long that was being written."""
    for index, (turn, following) in enumerate(pairwise(turns)):
        meets = turn.speaker == "agent" and following.speaker == "customer"
        if meets and turn.channel == CHAT and turn.end is not None and following.start is not None:
            yield index, turn.end - following.start
