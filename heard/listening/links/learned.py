"""Does a sentence answer an ask? As learned from labelled conversations, beside the rules.

Plain features and the encoder's state of the sentence, read after the ask, go into one
logistic regression; `training/answers.py` fits it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from heard.listening.links.candidates import Candidate, shaped
from heard.listening.links.shapes import STRICT
from heard.listening.passage import Passage

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder, Floats
    from heard.listening.links.answer import Open

_YES = frozenset({"yes", "yep", "yeah", "no", "sure", "of"})
_SHORT = 4


class Learned:
    """The regression, with the encoder that gives the states."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._states: dict[tuple[str, int], Sequence[Floats]] = {}

    def fit(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How likely a sentence answers an ask, 0 to 1; from one half on it is taken to."""
        states = self._read(ask, candidate.passage)
        state = states[candidate.index]
        return self.encoder.answers(state, features_of(ask, candidate, turns))

    def _read(self, ask: Open, passage: Passage) -> Sequence[Floats]:
        """The state of each sentence of a turn after the words of an ask."""
        asked = ask.passage.turn.text[ask.clause.start : ask.clause.end]
        if (asked, passage.index) not in self._states:
            spans = [(sentence.start, sentence.end) for sentence in passage.sentences]
            found = self.encoder.states(passage.turn.text, spans, asked)
            self._states[asked, passage.index] = found
        return self._states[asked, passage.index]


def features_of(ask: Open, candidate: Candidate, turns: int) -> dict[str, float]:
    """What can be told without the encoder, each from 0 to 1."""
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
        "short": float(len(words) < _SHORT),
        "yes or no": float(bool(words) and words[0] in _YES),
    }
