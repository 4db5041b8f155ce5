"""Does a sentence answer an ask? As learned from labelled conversations, beside the rules.

Plain features, and what the encoder read of the sentence and of the ask, each in its own turn, go
into logistic regressions; `training/answers.py` fits them. To read every reply anew after every
ask told no more, and cost a run of the network for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from heard.listening.links.candidates import Candidate, shaped
from heard.listening.links.ruled import Ruled
from heard.listening.links.shapes import STRICT

if TYPE_CHECKING:
    from heard.listening.both import Both
    from heard.listening.encoder.network import Encoder, Likely
    from heard.listening.links.answer import Open

_YES = frozenset({"yes", "yep", "yeah", "no", "sure", "of"})
_SHORT = 4
RULED = Ruled()
COLUMNS = ("answer.full", "answer.part", "answer.none")


class Learned:
    """The regressions over what was read. What the encoder did not read, the rules judge."""

    # Most asks in a conversation were answered, so one half is enough there; in a draft it is not.
    surely = 0.75

    def __init__(self, encoder: Encoder, ears: Sequence[Both], *, strictly: bool = False) -> None:
        self._encoder, self._ears, self._strictly = encoder, ears, strictly

    def answers(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How likely a sentence answers an ask, 0 to 1; from one half on it is taken to.

        Who only says that they will find out has not answered. Strictly, what asks for a time, an
        amount or a deed is answered by nothing else, however many words are shared.
        """
        wants = ask.clause.wants
        if candidate.puts_off and wants != "request":
            return 0.0
        if self._strictly and wants in STRICT and not shaped(wants, candidate):
            return 0.0
        chance = self._chance("answers", ask, candidate, turns)
        return RULED.answers(ask, candidate, turns) if chance is None else chance

    def in_part(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How likely an answer leaves something open, 0 to 1."""
        chance = self._chance("in part", ask, candidate, turns)
        return RULED.in_part(ask, candidate, turns) if chance is None else chance

    def leaves_open(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How likely a sentence speaks of an ask and leaves it where it was, 0 to 1."""
        chance = self._chance("leaves open", ask, candidate, turns)
        return RULED.leaves_open(ask, candidate, turns) if chance is None else chance

    def _chance(self, question: str, ask: Open, candidate: Candidate, turns: int) -> float | None:
        asked = self._ears[ask.passage.index].at(ask.clause.start)
        said = self._ears[candidate.passage.index].at(candidate.sentence.start)
        if asked is None or said is None:
            return None
        features = features_of(ask, candidate, turns, said)
        return self._encoder.linked(question, asked, said, features)


def features_of(ask: Open, candidate: Candidate, turns: int, said: Likely) -> dict[str, float]:
    """What can be told by rules, each from 0 to 1, and the encoder's log odds of an answer."""
    wants, stems = ask.clause.wants, ask.clause.stems
    shared = len(stems & candidate.stems)
    shape, strict = shaped(wants, candidate), wants in STRICT
    words = candidate.sentence.words
    return {
        "overlap": min(1.0, shared / max(1, min(3, len(stems)))),
        "any": float(shared > 0),
        "shape": float(shape),
        "shape, strict": float(shape and strict),
        "no shape, strict": float(strict and not shape),
        "alone": float(ask.alone),
        "same number": float(bool(ask.number) and ask.number == candidate.number),
        "next turn": float(turns == 0),
        "later turn": float(turns > 1),
        "first": float(candidate.first),
        "promises": float(candidate.promises),
        "promises, request": float(candidate.promises and wants == "request"),
        "puts off": float(candidate.puts_off),
        "short": float(len(words) < _SHORT),
        "yes or no": float(bool(words) and words[0] in _YES),
        "by rules": min(1.0, RULED.answers(ask, candidate, turns)),
        **{column: said.odds(column) for column in COLUMNS},
    }
