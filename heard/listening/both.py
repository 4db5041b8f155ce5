"""What the rules and the encoder hear together, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Protocol, TypeVar

from heard.listening.encoder import Encoder, Likely
from heard.listening.kinds import OF
from heard.listening.passage import Passage, Sentence
from heard.listening.signs import in_order
from heard.listening.signs.ask import Clause, whole_ask
from heard.listening.signs.commitment import whole_promise
from heard.listening.types import Commitment, Sign

# A longer turn is heard to its end by the rules alone.
SENTENCES = 200
SAID = 0.5
# Kept in ledgers and not as signs alone; their signs follow from there.
LEDGERS = frozenset({"ask", "commitment"})
# Set phrases that a coach must not miss, however seldom they are said ("Calm down."): the encoder,
# which has hardly met them, adds to them and takes none away.
STANDING = frozenset({"blame", "absolute"})
# One act under several names, each of which may be in doubt where the act is not.
QUESTIONS = frozenset(
    {"question.open", "question.closed", "question.clarifying", "understanding-check"}
)


class Scored(Protocol):
    """Anything that the rules found, with how sure they are."""

    @property
    def score(self) -> float:
        """From 0 to 1."""


Found = TypeVar("Found", bound=Scored)


@dataclass(frozen=True, slots=True)
class Both:
    """A passage with what the encoder finds likely in each of its sentences."""

    passage: Passage
    encoder: Encoder
    likely: tuple[Likely, ...]

    @classmethod
    def of(cls, passage: Passage, before: str, encoder: Encoder) -> Both:
        """Let the encoder read a passage; `before` is the text of the turn before it."""
        spans = [(sentence.start, sentence.end) for sentence in passage.sentences[:SENTENCES]]
        return cls(passage, encoder, tuple(encoder.read(passage.turn.text, spans, before)))

    def asks(self, found: Sequence[Clause]) -> list[Clause]:
        """What is asked: the rules' finds that both uphold, and what the encoder alone hears."""
        return list(self._decided("ask", found, _clause_start, whole_ask))

    def promises(self, found: Sequence[Commitment]) -> list[Commitment]:
        """What is promised, likewise."""
        return list(self._decided("commitment", found, _promise_start, whole_promise))

    def signs(self, found: Sequence[Sign]) -> tuple[Sign, ...]:
        """The rules' signs as the encoder confirms, drops or adds to them."""
        kinds = (OF[self.passage.turn.speaker] & self.encoder.kinds) - LEDGERS
        kept = [sign for sign in found if sign.kind not in kinds]
        for kind in sorted(kinds):
            of_kind = [sign for sign in found if sign.kind == kind]
            kept += self._decided(kind, of_kind, _sign_start, _whole_sign(kind))
        if kinds >= QUESTIONS:
            kept += self._questions(found, kept)
        return in_order(kept)

    def _questions(self, found: Sequence[Sign], kept: Sequence[Sign]) -> Iterator[Sign]:
        """The surest kind of question where it is sure that something is asked, but not which."""
        asked = [sign for sign in kept if sign.kind in QUESTIONS]
        by_rules = [sign for sign in found if sign.kind in QUESTIONS]
        for sentence, likely in zip(self.passage.sentences, self.likely, strict=False):
            if any(sentence.start <= sign.start < sentence.end for sign in asked):
                continue
            here = [s for s in by_rules if sentence.start <= s.start < sentence.end]
            rules = {sign.kind: sign.score for sign in here}
            sure = {
                kind: self.encoder.verdict(kind, likely.columns[kind], rules.get(kind, 0.0))
                for kind in sorted(QUESTIONS)
            }
            surest = max(sure, key=lambda kind: sure[kind])
            any_of_them = 1 - prod(1 - one for one in sure.values())
            if any_of_them >= SAID:
                make = _whole_sign(surest)
                score = round(any_of_them, 2)
                yield from [sign for sign in here if sign.kind == surest] or [
                    make(self.passage, sentence, score, self._why(surest, likely))
                ]

    def _decided(
        self,
        kind: str,
        found: Sequence[Found],
        start: Callable[[Found], int],
        make: Callable[[Passage, Sentence, float, str], Found],
    ) -> Iterator[Found]:
        """Of each sentence the rules' finds if both say so, else one of the encoder's, or none."""
        if kind not in OF[self.passage.turn.speaker]:
            return
        sentences = self.passage.sentences
        for sentence, likely in zip(sentences, self.likely, strict=False):
            here = [one for one in found if sentence.start <= start(one) < sentence.end]
            rule = max((one.score for one in here), default=0.0)
            sure = self.encoder.verdict(kind, likely.columns[kind], rule)
            if sure >= SAID or (here and kind in STANDING):
                yield from here or [
                    make(self.passage, sentence, round(sure, 2), self._why(kind, likely))
                ]
        if len(sentences) > len(self.likely):
            beyond = sentences[len(self.likely)].start
            yield from (one for one in found if start(one) >= beyond)

    def _why(self, kind: str, likely: Likely) -> str:
        words = likely.moved_by(self.passage.turn.text, self.encoder.place[kind])
        named = ", ".join(f"«{word}»" for word in words)
        return f"Learned from examples: most of all {named}." if named else "Learned from examples."


def _clause_start(clause: Clause) -> int:
    return clause.start


def _promise_start(promise: Commitment) -> int:
    return promise.place.start


def _sign_start(sign: Sign) -> int:
    return sign.start


def _whole_sign(kind: str) -> Callable[[Passage, Sentence, float, str], Sign]:
    def make(passage: Passage, sentence: Sentence, score: float, why: str) -> Sign:
        return Sign(kind=kind, start=sentence.start, end=sentence.end, score=score, why=why)

    return make
