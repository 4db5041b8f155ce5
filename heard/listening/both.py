"""What the rules and the encoder hear together, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Protocol, TypeVar

from heard.listening.kinds import OF
from heard.listening.language import WITH_ENCODER
from heard.listening.passage import Passage, Sentence
from heard.listening.signs import in_order
from heard.listening.signs.ask import Clause, whole_ask
from heard.listening.signs.commitment import whole_promise
from heard.listening.types import Commitment, Sign

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder, Likely

# A longer turn is heard to its end by the rules alone.
SENTENCES = 200
SAID = 0.5
# Kept in ledgers and not as signs alone; their signs follow from there.
LEDGERS = frozenset({"ask", "commitment"})
# Set phrases that must not be missed, however seldom they are said ("Calm down.", "cancel my
# subscription"), and plain words of feeling: the encoder adds to them and takes none away.
STANDING = frozenset({"blame", "absolute", "leave-risk"}) | {
    f"emotion.{name}" for name in ("anger", "confusion", "frustration", "joy", "relief", "sadness")
}
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
Maker = Callable[[Passage, Sentence, float, str], Found]


@dataclass(frozen=True, slots=True)
class Both:
    """A passage with what the encoder finds likely in each of its sentences."""

    passage: Passage
    encoder: Encoder
    likely: Sequence[Likely]

    @classmethod
    def of(cls, passage: Passage, before: str, encoder: Encoder) -> Both:
        """Let the encoder read a passage after the words `before` it, if it knows the language."""
        known = passage.sentences[:SENTENCES] if passage.lang in WITH_ENCODER else ()
        spans = [(sentence.start, sentence.end) for sentence in known]
        return cls(
            passage, encoder, encoder.read(passage.turn.text, spans, before) if spans else ()
        )

    def at(self, start: int) -> Likely | None:
        """What the encoder hears in the sentence at a place; None where it has not read."""
        index = self.passage.index_at(start)
        return self.likely[index] if index < len(self.likely) else None

    def asks(self, found: Sequence[Clause]) -> list[Clause]:
        """What is asked: the rules' finds that both uphold, and what the encoder alone hears."""
        return list(self._ledger("ask", found, lambda clause: clause.start, whole_ask))

    def promises(self, found: Sequence[Commitment]) -> list[Commitment]:
        """What is promised, likewise."""
        return list(self._ledger("commitment", found, lambda one: one.place.start, whole_promise))

    def signs(self, found: Sequence[Sign]) -> tuple[Sign, ...]:
        """The rules' signs as the encoder confirms, drops or adds to them."""
        kinds = (OF[self.passage.turn.speaker] & self.encoder.kinds) - LEDGERS
        kept = [sign for sign in found if sign.kind not in kinds]
        by_rules = [sign for sign in found if sign.kind in kinds]
        for sentence, likely, here in self._by_sentence(by_rules, lambda sign: sign.start):
            for kind, sure in self._said(kinds, likely, here).items():
                of_kind = [sign for sign in here if sign.kind == kind]
                kept += of_kind or [self._made(_whole_sign(kind), kind, sentence, likely, sure)]
        return in_order([*kept, *self._beyond(by_rules, lambda sign: sign.start)])

    def _said(
        self, kinds: frozenset[str], likely: Likely, here: Sequence[Sign]
    ) -> dict[str, float]:
        """The kinds that are said in a sentence, with how sure that is.

        Where it is sure that something is asked, but not which sort of question it is, the surest.
        """
        rules: dict[str, float] = {}
        for sign in here:
            rules[sign.kind] = max(sign.score, rules.get(sign.kind, 0.0))
        sure = {kind: self.encoder.verdict(kind, likely, rules.get(kind, 0.0)) for kind in kinds}
        said = {k: one for k, one in sure.items() if one >= SAID or (k in rules and k in STANDING)}
        if kinds >= QUESTIONS and not said.keys() & QUESTIONS:
            any_of_them = 1 - prod(1 - sure[kind] for kind in QUESTIONS)
            if any_of_them >= SAID:
                said[max(sorted(QUESTIONS), key=lambda kind: sure[kind])] = any_of_them
        return said

    def _ledger(
        self,
        kind: str,
        found: Sequence[Found],
        start: Callable[[Found], int],
        make: Maker[Found],
    ) -> Iterator[Found]:
        """Of each sentence the rules' finds if both say so, else one of the encoder's, or none."""
        if kind not in OF[self.passage.turn.speaker]:
            return
        for sentence, likely, here in self._by_sentence(found, start):
            rule = max((one.score for one in here), default=0.0)
            sure = self.encoder.verdict(kind, likely, rule)
            if sure >= SAID:
                yield from here or [self._made(make, kind, sentence, likely, sure)]
        yield from self._beyond(found, start)

    def _by_sentence(
        self, found: Sequence[Found], start: Callable[[Found], int]
    ) -> Iterator[tuple[Sentence, Likely, list[Found]]]:
        """Each sentence that the encoder has read, and what the rules found in it."""
        for sentence, likely in zip(self.passage.sentences, self.likely, strict=False):
            here = [one for one in found if sentence.start <= start(one) < sentence.end]
            yield sentence, likely, here

    def _beyond(self, found: Sequence[Found], start: Callable[[Found], int]) -> list[Found]:
        """What the rules found behind the last sentence that the encoder has read."""
        rest = self.passage.sentences[len(self.likely) :]
        return [one for one in found if rest and start(one) >= rest[0].start]

    def _made(
        self, make: Maker[Found], kind: str, sentence: Sentence, likely: Likely, sure: float
    ) -> Found:
        words = likely.moved_by(self.passage.turn.text, kind)
        named = ", ".join(f"«{word}»" for word in words)
        why = f"Learned from examples: most of all {named}." if named else "Learned from examples."
        return make(self.passage, sentence, round(sure, 2), why)


def _whole_sign(kind: str) -> Maker[Sign]:
    def make(passage: Passage, sentence: Sentence, score: float, why: str) -> Sign:
        return Sign(kind=kind, start=sentence.start, end=sentence.end, score=score, why=why)

    return make
