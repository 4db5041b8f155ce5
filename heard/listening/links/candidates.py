"""What of the colleague's next turns may answer an ask: statements, and no mere courtesy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heard.listening.links.shapes import fits
from heard.listening.passage import Hit, Passage, Sentence
from heard.listening.types import Commitment, Place

# How many of the colleague's later turns are searched, and how many sentences of each: enough for
# any real letter, and it keeps the cost linear in the conversation.
TURNS, SENTENCES = 4, 120

_NUMBER = re.compile(r"\d{1,2}(?=[.)] )")
_POLITE = ("thanks", "apology", "empathy", "reassurance")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the colleague's that may answer, with its content stems.

    `index`: which sentence of its turn it is. `first`: nothing else that may answer stands before
    it in its turn.
    """

    passage: Passage
    sentence: Sentence
    index: int
    stems: frozenset[str]
    promises: bool
    puts_off: bool
    both: bool
    number: str
    first: bool

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.passage.place(self.sentence.start, self.sentence.end)

    @property
    def quote(self) -> str:
        """Its words."""
        return self.passage.quote(self.sentence.start, self.sentence.end)

    @property
    def span(self) -> tuple[str, int, int]:
        """What a pattern is searched in."""
        return self.passage.folded, self.sentence.start, self.sentence.end


def candidates(
    passages: Sequence[Passage],
    position: int,
    promised: Sequence[Sequence[Commitment]],
    prepared: dict[int, list[Candidate]],
) -> Iterator[tuple[int, Candidate]]:
    """The statements of the colleague's next turns, with how many of their turns came before.

    `prepared` keeps what was made of each turn, for the next ask.
    """
    turns = 0
    for at in range(position, min(len(passages), position + 4 * TURNS)):
        if passages[at].turn.speaker == "customer":
            continue
        turns += 1
        if turns > TURNS:
            return
        if at not in prepared:
            prepared[at] = list(_statements(passages[at], promised[at]))
        yield from ((turns - 1, candidate) for candidate in prepared[at])


def _statements(passage: Passage, promised: Sequence[Commitment]) -> Iterator[Candidate]:
    first = True
    polite = [h for name in _POLITE for h in passage.phrases(name) if h.label != "fact"]
    for index, sentence in enumerate(passage.sentences[:SENTENCES]):
        if (
            sentence.asks
            or _says_back(passage, sentence)
            or any(_only(passage, sentence, hit) for hit in polite)
        ):
            continue
        promising = any(sentence.start <= p.place.start < sentence.end for p in promised)
        both = (
            passage.grammar.answers.both.search(passage.folded, sentence.start, sentence.end)
            is not None
        )
        number = number_of(passage, sentence.start, sentence.end)
        later = _puts_off(passage, sentence)
        stems = sentence.content
        yield Candidate(passage, sentence, index, stems, promising, later, both, number, first)
        first = False


def _says_back(passage: Passage, sentence: Sentence) -> bool:
    """Does this only tell the customer what they asked?"""
    return (
        passage.grammar.answers.echo.match(passage.folded, sentence.start, sentence.end) is not None
    )


def number_of(passage: Passage, start: int, end: int) -> str:
    """The number that a line of a list begins with, as "2." under a list of questions."""
    found = _NUMBER.match(passage.folded, start, end)
    return found[0] if found else ""


def _only(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """Is this sentence nothing but thanks, an apology or a comfort?"""
    if not sentence.start <= hit.start < sentence.end or hit.first > 2:
        return False
    return not passage.grammar.answers.goes_on.search(passage.folded, hit.end, sentence.end)


def _puts_off(passage: Passage, sentence: Sentence) -> bool:
    """Does this only say that an answer will come?"""
    words, span = passage.grammar.answers, (passage.folded, sentence.start, sentence.end)
    return bool(words.will.search(*span) and words.find_out.search(*span))


def shaped(wants: str, candidate: Candidate) -> bool:
    """Has the sentence the shape of an answer to this sort of ask?"""
    answers = candidate.passage.grammar.answers
    return fits(answers, wants, candidate.span, len(candidate.stems), candidate.promises)
