"""Was the question answered? Each ask of the customer's followed to its answer.

An answer is a statement in one of the colleague's next turns that shares the ask's content words
or has the shape the ask wants: a time for "when", an amount for "how much", a yes or no. "I will
find out" answers nothing yet; "I will send it today" answers a request to send.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from heard.listening.links.candidates import Candidate, candidates, number_of, shaped
from heard.listening.links.learned import Learned
from heard.listening.links.shapes import GIVES, STRICT
from heard.listening.passage import Passage
from heard.listening.signs.ask import Clause
from heard.listening.types import Ask, Commitment, Link, Place

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder

# How many earlier asks a new one is compared with.
EARLIER = 12
ENOUGH = 0.5
# Most asks in a conversation were answered, so little is enough there; a draft has still to do it.
SURELY = 0.75


@dataclass(slots=True)
class Open:
    """An ask on its way through the conversation.

    `answer` is the best there is; `first` is the turn of the first that would do, so that what
    was known at a turn can be told without what came later.
    """

    passage: Passage
    clause: Clause
    alone: bool
    number: str
    repeated: bool = False
    answer: Place | None = None
    first: int | None = None
    score: float = 0.0
    why: str = ""


# How well a sentence answers an ask, given how many of the colleague's turns came before its own.
Fit = Callable[[Open, Candidate, int], float]


def follow(
    passages: Sequence[Passage],
    clauses: Sequence[Sequence[Clause]],
    promised: Sequence[Sequence[Commitment]],
    encoder: Encoder | None = None,
    *,
    strictly: bool = False,
) -> tuple[list[Ask], list[Link], list[int | None]]:
    """Find what became of every ask, by rules or, with an encoder, as learned from examples.

    `clauses` holds what is asked in each passage, `promised` what is promised. Returns the asks
    in order, the links (`answer` from ask to answer, `repeat` from a later ask back to the
    earlier one that it repeats), and for each ask the turn that first settled it.
    strictly: only what surely answers does; the rules know no other way.
    """
    fit = Learned(encoder).fit if encoder else by_rules
    enough = SURELY if encoder and strictly else ENOUGH
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
            _answer(ask, after, fit, enough)
        asked.extend(fresh)
    for ask in asked:
        if ask.answer and ask.answer.turn != ask.passage.index:
            links.append(_answer_link(ask))
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
        why=ask.why or "Nothing in the replies after it takes it up.",
    )


def _answer_link(ask: Open) -> Link:
    place = ask.passage.place(ask.clause.start, ask.clause.end)
    if ask.answer is None:
        raise ValueError("An ask without an answer has no link.")
    return Link(kind="answer", source=place, target=ask.answer, score=ask.score, why=ask.why)


def _settle(passage: Passage, asked: list[Open]) -> None:
    """Close what is open when the customer says that it is settled."""
    hits = passage.phrases("settled")
    if not hits:
        return
    for ask in asked[-EARLIER:]:
        ask.first = passage.index if ask.first is None else min(ask.first, passage.index)
        if ask.answer is None and not ask.repeated:
            ask.answer = passage.place(hits[0].start, hits[0].end)
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


def _answer(ask: Open, after: Sequence[tuple[int, Candidate]], fit: Fit, enough: float) -> None:
    best = 0.0
    for turns, candidate in after:
        score = fit(ask, candidate, turns)
        if score > best and score >= enough:
            best = score
            ask.first = candidate.passage.index if ask.first is None else ask.first
            sentence = candidate.sentence
            ask.answer = candidate.passage.place(sentence.start, sentence.end)
            ask.score, ask.why = min(0.95, score), _why(ask, candidate)
        if best > 0.9:
            return


def by_rules(ask: Open, candidate: Candidate, turns: int) -> float:
    """How well a sentence answers an ask; 1 and more is beyond doubt."""
    clause = ask.clause
    if candidate.puts_off and clause.wants != "request":
        return 0.0
    shared = clause.stems & candidate.stems
    overlap = len(shared) / max(1, min(3, len(clause.stems)))
    if ask.number and ask.number == candidate.number:
        return 0.9
    if not ask.alone and not shared and clause.stems and not candidate.both:
        return 0.0
    shape = shaped(clause.wants, candidate)
    if not shape and clause.wants in STRICT:
        return 0.0
    return 0.75 * overlap + (_weight(ask, candidate) if shape else 0.0)


def _why(ask: Open, candidate: Candidate) -> str:
    said = candidate.sentence.own_words(ask.clause.stems)
    shape = shaped(ask.clause.wants, candidate)
    reasons = [f"takes up {said}"] * bool(said) + [f"gives {GIVES[ask.clause.wants]}"] * shape
    reasons += ["has the same number"] * bool(ask.number and ask.number == candidate.number)
    return f"The reply {' and '.join(reasons) or 'reads as answers to such asks do'}."


def _weight(ask: Open, candidate: Candidate) -> float:
    """What the right shape counts for; the only thing asked needs no repeated word.

    "How do I reset it?" is answered by "Hold the red button", and "Yes to both" answers two.
    """
    loose = ask.clause.wants in ("what", "who")
    if (
        ask.alone
        or not ask.clause.stems
        or (candidate.both and ask.clause.wants in ("yes-no", "request"))
    ):
        return 0.5 if loose else 0.6
    return 0.2 if loose else 0.35
