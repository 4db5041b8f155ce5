"""The encoder, loaded: windows of tokens in, what is likely in each sentence out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from heard.listening.encoder.window import Span, Window, windows

# Turns and windows that are remembered: a conversation is read anew with each letter, a draft with
# each word, of which only the last window is new.
REMEMBERED = 1_024
# Of a word's pull so much of the strongest word's is needed to be named in the reason.
PULL = 0.5
# What is all but certain counts no more than this, a chance of one in ten thousand.
CERTAIN = 9.21

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likely:
    """What the encoder hears in one sentence.

    `_row` holds log odds by column and `_place` where a column stands in it; `_pulls` says how much
    each token of the sentence pulls each of the first columns, `_offsets` where each token stands
    in the turn.
    """

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
        words = list(_words(text, self._offsets, pulls))
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
        learned = json.loads((place / "answers.json").read_text())
        self._features: dict[str, float] = learned["features"]
        self._bias: float = learned["bias"]
        self._towards = np.array(learned["states"], np.float32)
        self._turn = lru_cache(REMEMBERED)(self._read_turn)
        self._run = lru_cache(REMEMBERED)(self._run_window)

    def read(self, text: str, sentences: Sequence[Span], before: str = "") -> Sequence[Likely]:
        """What is likely in each sentence of a turn; `before` is the text of the turn before.

        Always the same for the same turn: each window is run alone, because 8-bit arithmetic
        rounds by the largest value in a batch.
        """
        return self._turn(text, tuple(sentences), before)[0]

    def states(self, text: str, sentences: Sequence[Span], before: str) -> Sequence[Floats]:
        """The network's own state of each sentence of a turn, read after some words."""
        return self._turn(text, tuple(sentences), before)[1]

    def answers(self, state: Floats, features: Mapping[str, float]) -> float:
        """How likely a sentence answers an ask, 0 to 1.

        state: the sentence's, read after the ask. features: what the rules know of both, by name.
        """
        value = self._bias + sum(self._features[name] * one for name, one in features.items())
        return logistic(value + float(self._towards @ state))

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

    def _read_turn(
        self, text: str, sentences: tuple[Span, ...], before: str
    ) -> tuple[tuple[Likely, ...], tuple[Floats, ...]]:
        read = [self._sentences(window) for window in windows(text, sentences, before)]
        likely = tuple(one for found, _states in read for one in found)
        return likely, tuple(state for _found, states in read for state in states)

    def _sentences(self, window: Window) -> tuple[list[Likely], Floats]:
        run = tuple(window.ids), tuple(window.sides), tuple(window.sentences)
        odds, pulls, states = self._run(*run)
        spans = zip(odds, window.sentences, strict=True)
        return [
            Likely(row, self._place, pulls[first:last], window.offsets[first:last])
            for row, (first, last) in spans
        ], states

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
