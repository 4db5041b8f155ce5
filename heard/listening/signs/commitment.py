"""Promises of ours: who will do what, and by when.

A promise needs a first person (or a colleague) and something still to be done. "I'll be honest",
"we'll see", "I'll need your number" and "we won't be able" look like promises and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from heard.listening import due as due_words
from heard.listening import grammar
from heard.listening.due import Due
from heard.listening.grammar import Bag, Cue
from heard.listening.passage import Passage, Sentence, bare_words
from heard.listening.types import Commitment, Sign

# A time before the subject stands at most this many characters before it.
_LEAD = 50
_EDGE = " ,.!…–-"


def commitment(promised: Iterable[Commitment]) -> Iterator[Sign]:
    """Yield a `commitment` sign for each promise that was found."""
    for promise in promised:
        place = promise.place
        yield Sign(
            kind="commitment",
            start=place.start,
            end=place.end,
            score=promise.score,
            why=promise.why,
        )


def promises(passage: Passage) -> Iterator[Commitment]:
    """Yield each promise in a passage, with its due time where one is named.

    A promise that hangs on a condition ("if you send the photo, …") has a score under 0.6.
    """
    triggers = _triggers(passage.grammar.lang)
    if passage.vocabulary.isdisjoint(triggers):
        return
    for sentence in passage.sentences:
        if not sentence.asks and triggers.intersection(sentence.words):
            yield from _in_sentence(passage, sentence)


@cache
def _triggers(lang: str) -> Bag:
    """The words of which a sentence must hold one to promise anything."""
    return frozenset().union(*(words for words, _ in grammar.of(lang).promises.finders))


def whole_promise(passage: Passage, sentence: Sentence, score: float, why: str) -> Commitment:
    """A sentence that promises in no words the rules know."""
    turn, start = passage.turn, sentence.start
    due = due_words.find(passage, start, sentence.end)
    text = passage.quote(start, sentence.end).rstrip(".!… ")
    return Commitment(
        place=passage.place(start, start + len(turn.text[start : sentence.end].rstrip(".!… "))),
        text=text,
        what=text,
        who=turn.name or "us",
        due=due.at if due else None,
        score=score,
        why=why,
        when=passage.quote(due.start, due.end) if due else "",
    )


def _in_sentence(passage: Passage, sentence: Sentence) -> Iterator[Commitment]:
    words = passage.grammar.promises
    cues = _cues(passage, sentence)
    for number, cue in enumerate(cues):
        end = cues[number + 1].start if number + 1 < len(cues) else sentence.end
        stop = words.stop.search(passage.folded, cue.what, end)
        end = stop.start() if stop else end
        tail = words.tail.search(passage.folded, max(cue.what, end - 12), end)
        end = tail.start() if tail else end
        if end > cue.what:
            yield from _promise(passage, sentence, cue, end)


def _promise(passage: Passage, sentence: Sentence, cue: Cue, end: int) -> Iterator[Commitment]:
    turn = passage.turn
    due = due_words.find(passage, cue.start, end)
    due = due or _before(passage, sentence, cue)
    if cue.needs_due and due is None:
        return
    condition = passage.grammar.promises.condition.search(passage.folded, sentence.start, end)
    text = passage.quote(cue.start, end).rstrip(".!… ")
    yield Commitment(
        place=passage.place(cue.start, cue.start + len(turn.text[cue.start : end].rstrip(".!… "))),
        text=text,
        what=_what(passage, cue, due, end),
        who=cue.who,
        due=due.at if due else None,
        score=min(cue.score, 0.55) if condition else cue.score,
        why=_why(passage, cue, due, condition),
        when=passage.quote(due.start, due.end) if due else "",
    )


def _before(passage: Passage, sentence: Sentence, cue: Cue) -> Due | None:
    """A time that opens the clause: "By Friday I will …", but not "It left today, and I will …"."""
    folded, words = passage.folded, passage.grammar.promises
    start = max(sentence.start, cue.start - _LEAD)
    due = due_words.find(passage, start, cue.start)
    if due is None or words.clause.search(folded, due.end, cue.start):
        return None
    return due if words.opens.search(folded[sentence.start : due.start]) else None


def _why(passage: Passage, cue: Cue, due: Due | None, condition: re.Match[str] | None) -> str:
    named = f"«{passage.quote(due.start, due.end)}»" if due else "names no time"
    hangs = f"; hangs on «{condition[0]}»" if condition else ""
    return f"{cue.why}; {'by when: ' if due else ''}{named}{hangs}."


def _what(passage: Passage, cue: Cue, due: Due | None, end: int) -> str:
    """The thing promised, without the time at its end; with it where no thing is named."""
    whole = passage.quote(cue.what, end).strip(_EDGE)
    if due is None:
        return whole
    if cue.what < due.start and due.end >= end - 2:
        short = passage.quote(cue.what, due.start).strip(_EDGE)
        return whole if _bare(passage, short) else short
    if due.end <= cue.start and _bare(passage, whole):
        return passage.quote(due.start, end).strip(_EDGE)
    return whole


def _bare(passage: Passage, said: str) -> bool:
    """Is this a verb without its thing, as "send" or "you will have it"?"""
    return sum(word not in passage.grammar.promises.empty for word in bare_words(said)) < 2


def _cues(passage: Passage, sentence: Sentence) -> list[Cue]:
    """The openings of promises in a sentence in their order, none inside another."""
    found: dict[int, Cue] = {}
    words = frozenset(sentence.words)
    for triggers, finder in passage.grammar.promises.finders:
        for cue in finder(passage, sentence) if words & triggers else ():
            if not any(abs(cue.start - other) < 6 for other in found):
                found[cue.start] = cue
    return [found[start] for start in sorted(found)]
