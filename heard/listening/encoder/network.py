"""The encoder, loaded: windows of tokens in, what is likely in each sentence out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from heard.listening.encoder.window import Span, Window, windows
from heard.listening.lexicon import bag

# Turns and windows that are remembered: a conversation is read anew with each letter, a draft with
# each word, of which only the last window is new.
REMEMBERED = 1_024
# Of a word's pull so much of the strongest word's is needed to be named in the reason.
PULL = 0.5
# They carry a sentence and say nothing of why it was heard as it was.
DULL = bag(
    "a an the and or but to of in on at by for with from as it its it's is are was were be been am "
    "do does did have has had this that these those i we you he she they me us him her them my our "
    "your his their there here not so if then"
)
# What is all but certain counts no more than this, a chance of one in ten thousand.
CERTAIN = 9.21

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likely:
    """What the encoder hears in one sentence.

    `state` is what the network makes of it; `_row` holds log odds by column and `_place` where a
    column stands in it; `_pulls` says how much each token of the sentence pulls each of the first
    columns, `_offsets` where each token stands in the turn.
    """

    state: Floats
    _row: Floats
    _place: Mapping[str, int]
    _pulls: Floats
    _offsets: Sequence[Span]

    def odds(self, column: str) -> float:
        """The log odds that a column's kind is in the sentence; 0 is as likely as not."""
        return min(max(float(self._row[self._place[column]]), -CERTAIN), CERTAIN)

    def chance(self, column: str) -> float:
        """The same from 0 to 1."""
        return logistic(self.odds(column))

    def moved_by(self, text: str, column: str, most: int = 3) -> list[str]:
        """The words of the sentence that pulled most towards a column, in their order."""
        pulls = self._pulls[:, self._place[column]]
        every = _words(text, self._offsets, pulls)
        words = [one for one in every if text[one[1] : one[2]].lower() not in DULL]
        strongest = max((pull for pull, _start, _end in words), default=0.0)
        strong = [word for word in words if word[0] >= PULL * strongest > 0]
        named = sorted(strong, reverse=True)[:most]
        return [text[start:end] for _pull, start, end in sorted(named, key=lambda word: word[1])]


def _words(text: str, offsets: Sequence[Span], pulls: Floats) -> list[tuple[float, int, int]]:
    """Word pieces put together to words with their pull, start and end; marks left out."""
    words: list[tuple[float, int, int]] = []
    for (start, end), pull in zip(offsets, pulls.tolist(), strict=True):
        if words and words[-1][2] == start:
            words[-1] = (max(words[-1][0], pull), words[-1][1], end)
        elif text[start:end][:1].isalnum():
            words.append((pull, start, end))
    return words


@dataclass(frozen=True, slots=True)
class Linked:
    """A logistic regression over a sentence of ours and an ask: their states, and features."""

    bias: float
    features: Mapping[str, float]
    said: Floats
    asked: Floats
    both: Floats

    @classmethod
    def of(cls, weights: Mapping[str, Any]) -> Linked:
        """As it stands in the file; no states where features are enough."""
        said, asked, both = (
            np.array(weights[name], np.float32) for name in ("said", "asked", "both")
        )
        return cls(weights["bias"], weights["features"], said, asked, both)

    def chance(self, asked: Floats, said: Floats, features: Mapping[str, float]) -> float:
        """From 0 to 1."""
        value = self.bias + sum(self.features[name] * one for name, one in features.items())
        if self.said.size:
            value += float(self.said @ said + self.asked @ asked + self.both @ (asked * said))
        return logistic(value)


class Encoder:
    """The encoder, loaded. One thread, no state but a memory of the last turns and windows."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        place = files(__package__)
        self._session = onnxruntime.InferenceSession(
            (place / "listener.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self.columns: list[str] = json.loads((place / "columns.json").read_text())
        self._place = {name: index for index, name in enumerate(self.columns)}
        self._verdicts = {
            kind: (one["encoder"], one["rules"], one["bias"])
            for kind, one in json.loads((place / "verdicts.json").read_text()).items()
        }
        linked = json.loads((place / "answers.json").read_text())
        self._linked = {question: Linked.of(weights) for question, weights in linked.items()}
        self._turn = lru_cache(REMEMBERED)(self._read_turn)
        self._run = lru_cache(REMEMBERED)(self._run_window)

    def read(self, text: str, sentences: Sequence[Span], before: str = "") -> Sequence[Likely]:
        """What is likely in each sentence of a turn; `before` is the text of the turn before.

        Always the same for the same turn: each window is run alone, because 8-bit arithmetic
        rounds by the largest value in a batch.
        """
        return self._turn(text, tuple(sentences), before)

    def linked(
        self, question: str, asked: Likely, said: Likely, features: Mapping[str, float]
    ) -> float:
        """How likely the answer to a question about an ask and a sentence of ours is yes, 0 to 1.

        question: "answers", "in part" or "leaves open". features: what is known of both, by name.
        """
        return self._linked[question].chance(asked.state, said.state, features)

    def verdict(self, kind: str, likely: Likely, rule: float) -> float:
        """How sure both together are that a kind is there, 0 to 1; from one half on it is said.

        rule: the score of the rule's sign in the sentence, 0 for none. The weights were fitted
        on conversations of ours that neither had learned from.
        """
        encoder, rules, bias = self._verdicts[kind]
        return logistic(encoder * likely.odds(kind) + rules * rule + bias)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of signs on which the encoder has a say."""
        return frozenset(self._verdicts)

    def _read_turn(self, text: str, sentences: tuple[Span, ...], before: str) -> tuple[Likely, ...]:
        found = windows(text, sentences, before)
        return tuple(likely for window in found for likely in self._sentences(window))

    def _sentences(self, window: Window) -> Iterator[Likely]:
        run = tuple(window.ids), tuple(window.sides), tuple(window.sentences)
        odds, pulls, states = self._run(*run)
        for state, row, (first, last) in zip(states, odds, window.sentences, strict=True):
            offsets = window.offsets[first:last]
            yield Likely(state, row, self._place, pulls[first:last], offsets)

    def _run_window(
        self, ids: tuple[int, ...], sides: tuple[int, ...], sentences: tuple[Span, ...]
    ) -> tuple[Floats, Floats, Floats]:
        pool = np.zeros((1, len(sentences), len(ids)), np.float32)
        for row, (first, last) in enumerate(sentences):
            pool[0, row, first:last] = 1 / max(1, last - first)
        given = {"ids": np.array([ids]), "sides": np.array([sides]), "pool": pool}
        odds, pulls, states = self._session.run(None, given)
        return odds[0], pulls[0], states[0]


def logistic(value: float) -> float:
    """Log odds as a chance from 0 to 1."""
    return 1 / (1 + exp(-value)) if value > -30 else 0.0
