"""Was the question answered? Each ask of the customer's followed to its answer.

An answer is a statement in one of the colleague's next turns that shares the ask's content words
or has the shape the ask wants: a time for "when", an amount for "how much", a yes or no. "I will
find out" speaks of the ask and leaves it open; "I will send it today" answers a request to send in
part, until it is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from heard.listening.language import WITH_ENCODER
from heard.listening.links.candidates import Candidate, candidates, number_of, shaped
from heard.listening.links.shapes import GIVES
from heard.listening.passage import Passage
from heard.listening.signs.ask import Clause
from heard.listening.types import Ask, Commitment, Coverage, Link, Place

# How many earlier asks a new one is compared with.
EARLIER = 12
ENOUGH, BEYOND_DOUBT = 0.5, 0.9
# A whole answer that is called partial does more harm than the other way round.
IN_PART = 0.9


@dataclass(slots=True)
class Open:
    """An ask on its way through the conversation.

    `answer` is the best there is, `left` the words that speak of it and leave it open, `coverage`
    how much of the ask is covered; `first` is the
    turn of the first that would do, so that what was known at a turn can be told without what came
    later.
    """

    passage: Passage
    clause: Clause
    alone: bool
    number: str
    repeated: bool = False
    answer: Place | None = None
    left: Place | None = None
    coverage: Coverage = ""
    first: int | None = None
    score: float = 0.0
    why: str = ""


class Judge(Protocol):
    """Whoever says how a sentence stands to an ask, given how many of our turns came between.

    `surely` is how well it has to answer where most asks are still open, as in a draft.
    """

    surely: float

    def answers(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How well it answers; from one half on it does, more than 0.9 is beyond doubt."""

    def in_part(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How likely an answer leaves something of the ask open, 0 to 1."""

    def leaves_open(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How likely it speaks of the ask and leaves it where it was, 0 to 1."""


def follow(
    passages: Sequence[Passage],
    clauses: Sequence[Sequence[Clause]],
    promised: Sequence[Sequence[Commitment]],
    judge: Judge,
    *,
    strictly: bool = False,
) -> tuple[list[Ask], list[Link], list[int | None]]:
    """Find what became of every ask.

    `clauses` holds what is asked in each passage, `promised` what is promised. Returns the asks
    in order, the links (`answer` from ask to answer or to what speaks of it and leaves it open,
    `repeat` from a later ask back to the earlier one that it repeats), and for each ask the turn
    that first settled it. strictly: only what surely answers does.
    """
    surely = judge.surely if strictly else ENOUGH
    asked: list[Open] = []
    links: list[Link] = []
    prepared: dict[int, list[Candidate]] = {}
    for position, passage in enumerate(passages):
        if passage.turn.speaker == "agent":
            continue
        _settle(passage, asked)
        found = clauses[position]
        fresh = [opened(passage, clause, len(found) == 1) for clause in found]
        for ask in fresh:
            links.extend(_repeats(ask, asked[-EARLIER:]))
        after = list(candidates(passages, position + 1, promised, prepared)) if fresh else []
        for ask in fresh:
            # The rules alone know no more than enough.
            enough = surely if passage.lang in WITH_ENCODER else ENOUGH
            _answer(ask, after, judge, enough)
        asked.extend(fresh)
    for ask in asked:
        links.extend(_answer_link(ask))
    return [_ask(a) for a in asked], links, [a.first for a in asked]


def opened(passage: Passage, clause: Clause, alone: bool) -> Open:
    """An ask as it begins."""
    return Open(passage, clause, alone, number_of(passage, clause.start, clause.end))


def _ask(ask: Open) -> Ask:
    clause = ask.clause
    answered: Literal["answered", "open"] = "answered" if ask.answer else "open"
    return Ask(
        place=ask.passage.place(clause.start, clause.end),
        text=ask.passage.quote(clause.start, clause.end),
        state="repeated" if ask.repeated else answered,
        answered_by=ask.answer,
        score=clause.score,
        coverage=ask.coverage,
        why=ask.why or "Nothing in the replies after it takes it up.",
    )


def _answer_link(ask: Open) -> Iterator[Link]:
    target = ask.answer or ask.left
    if target and target.turn != ask.passage.index:
        yield Link(
            kind="answer",
            source=ask.passage.place(ask.clause.start, ask.clause.end),
            target=target,
            score=ask.score,
            why=ask.why,
            coverage=ask.coverage,
        )


def _settle(passage: Passage, asked: list[Open]) -> None:
    """Close what is open when the customer says that it is settled."""
    hits = passage.phrases("settled")
    if not hits:
        return
    for ask in asked[-EARLIER:]:
        ask.first = passage.index if ask.first is None else min(ask.first, passage.index)
        if ask.answer is None and not ask.repeated:
            ask.answer = passage.place(hits[0].start, hits[0].end)
            ask.coverage = "full"
            ask.score, ask.why = 0.7, f"The customer says it is settled: «{hits[0].phrase}»."


def _repeats(ask: Open, earlier: list[Open]) -> Iterator[Link]:
    """Tie an ask to the newest earlier one that wants the same and was not answered."""
    for other in reversed(earlier):
        shared = ask.clause.stems & other.clause.stems
        fewer = min(len(ask.clause.stems), len(other.clause.stems))
        again = bool(ask.passage.phrases("repeat"))
        enough = len(shared) >= 2 or (len(shared) == 1 and (fewer == 1 or again))
        if other.repeated or other.passage is ask.passage or not enough:
            continue
        # Answered by now: what is said later makes no repetition undone.
        answered = other.first is not None and other.first < ask.passage.index
        if len(shared) < 0.6 * fewer or (answered and not again):
            continue
        other.repeated = True
        asked = other.passage.sentence_at(other.clause.start)
        words = asked.own_words(shared)
        other.why = f"Asked again later, with {words}."
        yield Link(
            kind="repeat",
            source=ask.passage.place(ask.clause.start, ask.clause.end),
            target=other.passage.place(other.clause.start, other.clause.end),
            score=min(0.95, 0.5 + 0.15 * len(shared)),
            why=f"Asks again about {words}.",
        )
        return


def _answer(ask: Open, after: Sequence[tuple[int, Candidate]], judge: Judge, enough: float) -> None:
    best = 0.0
    for turns, candidate in after:
        score = judge.answers(ask, candidate, turns)
        if score < enough:
            continue
        ask.first = candidate.passage.index if ask.first is None else ask.first
        if ask.coverage != "full":
            ask.coverage = "part" if judge.in_part(ask, candidate, turns) >= IN_PART else "full"
        if score > best:
            best = score
            ask.answer = candidate.place
            ask.score, ask.why = min(0.95, score), _why(ask, candidate)
        if best > BEYOND_DOUBT and ask.coverage == "full":
            return
    if ask.answer is None:
        _leave_open(ask, after, judge)


def _leave_open(ask: Open, after: Sequence[tuple[int, Candidate]], judge: Judge) -> None:
    """Find the words that speak of an ask which nothing answers."""
    for turns, candidate in after:
        score = judge.leaves_open(ask, candidate, turns)
        if score >= ENOUGH and score > ask.score:
            ask.left, ask.coverage, ask.score = candidate.place, "none", score
            ask.why = f"«{candidate.quote}» speaks of it and leaves it open."


def _why(ask: Open, candidate: Candidate) -> str:
    said = candidate.sentence.own_words(ask.clause.stems)
    shape = shaped(ask.clause.wants, candidate)
    reasons = [f"takes up {said}"] * bool(said) + [f"gives {GIVES[ask.clause.wants]}"] * shape
    reasons += ["has the same number"] * bool(ask.number and ask.number == candidate.number)
    return f"The reply {' and '.join(reasons) or 'reads as answers to such asks do'}."
