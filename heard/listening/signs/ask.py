"""What the customer asks for: questions and requests, one for each thing asked.

A question mark is neither needed nor enough: "when will it ship" asks, "can you believe it?" does
not, and "please find attached" requests nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from heard.listening.grammar import Asks
from heard.listening.passage import Passage, Sentence, word_spans
from heard.listening.types import Sign


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked: offsets, what sort of answer it wants, its content stems."""

    start: int
    end: int
    wants: str
    stems: frozenset[str]
    score: float
    why: str


def ask(found: Iterable[Clause]) -> Iterator[Sign]:
    """Yield an `ask` sign for each thing asked that was found."""
    for clause in found:
        yield Sign(
            kind="ask", start=clause.start, end=clause.end, score=clause.score, why=clause.why
        )


def clauses(passage: Passage) -> Iterator[Clause]:
    """Yield each thing asked in a passage, in order."""
    settled = [h.start for h in passage.phrases("rhetorical")]
    for sentence in passage.sentences:
        if any(sentence.start <= at < sentence.end for at in settled):
            continue
        found = [
            c
            for start, end in _parts(passage, sentence)
            if (c := _clause(passage, sentence, start, end))
        ]
        if not found and sentence.asks and _enough(passage, sentence):
            found = [
                _make(
                    passage,
                    sentence.start,
                    sentence.end,
                    "yes-no",
                    0.6,
                    "Ends with a question mark",
                )
            ]
        yield from found


def whole_ask(passage: Passage, sentence: Sentence, score: float, why: str) -> Clause:
    """A sentence that asks in no words the rules know."""
    folded, start, end = passage.folded, sentence.start, sentence.end
    wants = _kind(passage.grammar.asks, folded, start, end) if sentence.asks else "request"
    return Clause(start, end, wants, sentence.content, score, why)


def _enough(passage: Passage, sentence: Sentence) -> bool:
    """ "Ok?" and "Hello?" wait for no answer; "When?" does."""
    return len(sentence.words) > 1 or bool(passage.grammar.asks.lone & set(sentence.words))


def _parts(passage: Passage, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence that may each ask for something, of three words at least."""
    start = sentence.start
    for match in passage.grammar.asks.split.finditer(passage.folded, sentence.start, sentence.end):
        if passage.folded.count(" ", start, match.start()) < 2:
            continue
        if passage.folded.count(" ", match.end(), sentence.end) < 2:
            continue
        yield start, match.start()
        start = match.end()
    yield start, sentence.end


def _clause(passage: Passage, sentence: Sentence, start: int, end: int) -> Clause | None:
    folded, asks = passage.folded, passage.grammar.asks
    if asks.accepts.match(folded, start, end):
        return None
    indirect = asks.indirect.search(folded, start, end)
    request = asks.request.match(folded, start, end)
    if request:
        wants = _kind(asks, folded, indirect.start("wh"), end) if indirect else "request"
        return _make(passage, start, end, wants, 0.9, f"Asks with «{request[0].strip()}»")
    please = asks.please.search(folded, start, end)
    if please and please["verb"].isalpha():
        wants = _kind(asks, folded, indirect.start("wh"), end) if indirect else "request"
        return _make(passage, start, end, wants, 0.85, f"Asks with «{please[0]}»")
    opening = asks.first if sentence.asks else asks.wh
    question = opening.match(folded, start, end) or asks.yes_no.match(folded, start, end)
    # "What is worse, …" and "which is why" are no questions that lost their mark.
    if question and (sentence.asks or not asks.no_question.match(folded, start, end)):
        score = 0.95 if sentence.asks else 0.7
        wants = _kind(asks, folded, start, end)
        return _make(passage, start, end, wants, score, f"Asks with «{question[0].strip()}»")
    last = asks.please_last.search(folded, max(start, end - 24), end)
    if last and end - start < 60:
        return _make(passage, start, end, "request", 0.7, f"Asks with «{_word(last[0])}»")
    return None


def _word(said: str) -> str:
    return said.split()[0].rstrip(",.!?")


def _kind(asks: Asks, folded: str, start: int, end: int) -> str:
    """What sort of answer is wanted, from the first question word."""
    head = asks.first.match(folded, start, end)
    if not head:
        return "yes-no"
    at = head.start("wh")
    for name, pattern in asks.kinds:
        if pattern.match(folded, at, end):
            return name
    return "what"


def _make(passage: Passage, start: int, end: int, wants: str, score: float, why: str) -> Clause:
    sentence = passage.sentence_at(start)
    stems = zip(sentence.stems, word_spans(passage.folded, sentence), strict=True)
    inside = frozenset(stem for stem, (at, _) in stems if stem and start <= at < end)
    return Clause(start, end, wants, inside, score, f"{why}.")
