"""What the customer said that the draft leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from heard.listening.advice.draft import Draft
from heard.listening.passage import Passage, bare_words
from heard.listening.stems import content
from heard.listening.types import Advice, Ask, Place

# More open asks than these in one go read like a reprimand.
MOST_ASKS = 3
# Letters of an ask that are shown on one line beside the draft.
SHOWN = 70
IN_A_ROW = 3
# A question mark alone is not enough to remind anybody.
_SURE = 0.6


def open_asks(draft: Draft) -> Iterator[Advice]:
    """Asks that would stay open; a promise to come back by a named time covers them.

    Another dated promise covers only the asks whose words the draft takes up: a charger sent by
    Friday says nothing of what the warranty costs.
    """
    if not draft.begun():
        return
    dated = [p for p in draft.promises() if p.when]
    words = draft.passage.grammar.answers
    if any(words.comes_back.search(p.what.lower()) for p in dated):
        return
    left = [ask for ask in _left(draft) if not dated or _passed_over(draft, ask)]
    for ask in left[-MOST_ASKS:]:
        yield Advice(
            kind="ask.open",
            start=0,
            end=0,
            why=f"The customer asked: «{ask.text}»",
            says=f"Not answered yet: «{shorten(ask.text, SHOWN, placeholder=' …')}»",
            source="Heard: each thing asked is answered or has a time.",
        )


def _passed_over(draft: Draft, ask: Ask) -> bool:
    """Does the draft answer another ask of the same turn and share no word with this one?

    A time that is promised may be what a "when" asks for, unless it belongs to another answer.
    """
    served = [
        other
        for other in draft.heard.reading.asks
        if other.place.turn == ask.place.turn
        and other.answered_by is not None
        and other.answered_by.turn == draft.index
    ]
    passage = draft.heard.passages[ask.place.turn]
    named = [_content(promise.text, passage) for promise in draft.promises() if promise.when]
    if passage.grammar.answers.when.search(ask.text.lower()):
        others = frozenset[str]().union(*(_content(other.text, passage) for other in served))
        if any(words.isdisjoint(others) for words in named):
            return False
    asked = _content(ask.text, passage)
    said = frozenset[str]().union(*(s.content for s in draft.passage.sentences))
    return bool(served and asked) and asked.isdisjoint(said)


def _content(text: str, passage: Passage) -> frozenset[str]:
    """The stems of a text that carry meaning in a passage's language."""
    return frozenset(filter(None, map(content(passage.lang), bare_words(text))))


def _left(draft: Draft) -> Iterator[Ask]:
    """The open asks of the customer's that the draft may still answer."""
    for ask in draft.heard.reading.asks:
        if ask.state == "open" and ask.score > _SURE:
            yield ask


def feeling(draft: Draft) -> Iterator[Advice]:
    """An unpleasant feeling in the customer's last turns that the draft passes over."""
    if not draft.begun():
        return
    first = draft.last_stretch()
    for place in draft.heard.unacknowledged[-1:]:
        if place.turn >= first and _is_answer_to(draft, place):
            words = draft.heard.passages[place.turn].quote(place.start, place.end)
            yield Advice(
                kind="feeling",
                start=0,
                end=0,
                why=f"The customer wrote «{words}».",
                says="Say first that you see how this feels for them.",
                source="EPITOME (Sharma et al. 2020): a feeling that is expressed is met.",
            )


def _is_answer_to(draft: Draft, place: Place) -> bool:
    """Is the draft the first reply to this place?"""
    turns = draft.heard.reading.turns[place.turn + 1 : draft.index]
    return all(turn.speaker == "customer" for turn in turns)


def next_step(draft: Draft) -> Iterator[Advice]:
    """Something is wrong or open, and the draft does not say what happens next, or not by when."""
    if not draft.begun():
        return
    promises = draft.promises()
    if any(p.when for p in promises):
        return
    lasting = [p for p in promises if p.score >= 0.7 and not _at_once(draft, p.what)]
    if lasting:
        place = lasting[0].place
        yield Advice(
            kind="next-step",
            start=place.start,
            end=place.end,
            why=f"«{lasting[0].text}» names no time.",
            says="Say by when.",
            source="Heard: a promise says who, what and by when.",
        )
    elif _unsettled(draft) and not promises and not draft.signs("next-step", "advice"):
        yield Advice(
            kind="next-step",
            start=0,
            end=0,
            why="The customer says that something is wrong, and the draft names no next step.",
            says="Say what happens next, and by when.",
            source="Heard: the customer knows what happens next, who does it and by when.",
        )


def _at_once(draft: Draft, what: str) -> bool:
    """Is this done with the letter itself, or no dated act?"""
    return what.lower().startswith(draft.passage.grammar.answers.at_once)


def _unsettled(draft: Draft) -> bool:
    """A complaint in the customer's last turns that the draft neither settles nor asks about."""
    if draft.signs("question.open", "question.closed"):
        return False
    reading = draft.heard.reading
    first = draft.last_stretch()
    wrong = any(
        sign.kind in ("complaint", "leave-risk")
        for signs in reading.signs[first : draft.index]
        for sign in signs
    )
    answered = any(a.answered_by and a.answered_by.turn == draft.index for a in reading.asks)
    return wrong and not answered


def closed_questions(draft: Draft) -> Iterator[Advice]:
    """Three closed questions with no open one among them."""
    row: list[tuple[int, int]] = []
    for sign in draft.signs("question.open", "question.closed"):
        if sign.kind == "question.open":
            row = []
            continue
        row.append((sign.start, sign.end))
        if len(row) == IN_A_ROW:
            yield Advice(
                kind="questions.closed",
                start=row[0][0],
                end=row[-1][1],
                why="Three questions in a row that a yes, a no or one fact answers.",
                says="One open question, beginning with what or how, may bring it all at once.",
                source="Motivational interviewing: avoid the question-and-answer trap.",
            )
            return
