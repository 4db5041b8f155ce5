"""Who spoke how much, asked how much, and how plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from heard.listening import grammar
from heard.listening.measures.mirroring import spoken
from heard.listening.measures.timing import CHAT
from heard.listening.passage import Passage
from heard.listening.types import Measure, Reading, Turn

# A share of one question says nothing yet, nor does a rate over one turn.
ENOUGH = 2
READABLE_FROM = 30
QUESTIONS = ("question.open", "question.closed", "question.clarifying")
SAID_BACK = ("reflection", "reflection.feeling", "understanding-check")
_MITI = "Reflection to question ratio after MITI 4.2.1 (1:1 fair, 2:1 good in counselling)."


def shares(turns: Sequence[Turn], passages: Sequence[Passage]) -> Iterator[Measure]:
    """The colleague's share of the talk and the longest monologue, in words or seconds."""
    if len({turn.speaker for turn in turns}) < 2:
        return
    spoken = _spoken(turns)
    lengths = spoken or [float(sum(len(s.words) for s in p.sentences)) for p in passages]
    unit = "seconds" if spoken else "words"
    total = sum(lengths)
    if not total:
        return
    ours = sum(n for n, turn in zip(lengths, turns, strict=True) if turn.speaker == "agent")
    yield Measure(
        name="talk_share",
        value=ours / total,
        unit=f"share of {unit}",
        source="The colleague's part of all that was said; Gong publishes 43 % for calls.",
    )
    runs = groupby(zip(turns, lengths, strict=True), key=_speaker)
    longest = max((sum(n for _, n in run) for who, run in runs if who == "agent"), default=0.0)
    yield Measure(
        name="longest_monologue",
        value=longest,
        unit=unit,
        source="The colleague's longest stretch before the customer speaks again.",
    )


def _speaker(pair: tuple[Turn, float]) -> str:
    return pair[0].speaker


def _spoken(turns: Sequence[Turn]) -> list[float]:
    """Seconds for each turn, or nothing unless all of them have both times in order."""
    seconds = [
        turn.end - turn.start
        for turn in turns
        if turn.start is not None and turn.end is not None and turn.channel != CHAT
    ]
    return seconds if len(seconds) == len(turns) and min(seconds, default=-1) >= 0 else []


def questions(reading: Reading) -> Iterator[Measure]:
    """How often the colleague asks, how openly, and how much is said back for it.

    The rate from two turns of the colleague's on, the shares from two questions on.
    """
    kinds = Counter(sign.kind for signs in reading.signs for sign in signs)
    asked_open, closed = kinds["question.open"], kinds["question.closed"]
    # A clarifying question may stand over the same words as the open or closed one it is.
    asked = len(
        {
            (index, sign.start, sign.end)
            for index, signs in enumerate(reading.signs)
            for sign in signs
            if sign.kind in QUESTIONS
        }
    )
    said_back = sum(kinds[kind] for kind in SAID_BACK)
    replies = sum(1 for turn in reading.turns if turn.speaker == "agent")
    if replies:
        yield Measure(
            name="names_used",
            value=float(kinds["name"]),
            unit="times",
            source="Heard: the customer's name in the colleague's turns.",
        )
    if replies >= ENOUGH:
        yield Measure(
            name="question_rate",
            value=asked / replies,
            unit="questions a turn",
            source="Heard: the questions of MITI 4.2.1 for each turn of the colleague's.",
        )
    if asked_open + closed >= ENOUGH:
        yield Measure(
            name="open_questions",
            value=asked_open / (asked_open + closed),
            unit="share of questions",
            source="Open and closed questions as MITI 4.2.1 tells them apart, by rule.",
        )
    if asked >= ENOUGH:
        yield Measure(
            name="reflection_to_question", value=said_back / asked, unit="ratio", source=_MITI
        )


def clarity(passages: Sequence[Passage]) -> Iterator[Measure]:
    """Reading ease and sentence length of the colleague's turns, from 30 words on."""
    lang = spoken(passages)
    ease = grammar.of(lang).ease
    ours = [p for p in passages if p.turn.speaker == "agent" and p.lang == lang]
    sentences = [s for p in ours for s in p.sentences if s.words]
    words = [word for s in sentences for word in s.words]
    if ease and len(words) >= READABLE_FROM:
        yield Measure(
            name="reading_ease",
            value=round(ease.points(words, len(sentences)), 1),
            unit=ease.unit,
            source=ease.source,
        )
        yield Measure(
            name="sentence_length",
            value=round(len(words) / len(sentences), 1),
            unit="words a sentence",
            source="GOV.UK content guidance: at most 25.",
        )
