"""Two that hear: the rules alone, and the rules with the encoder. Both answer with signs.

`Columns` is the encoder alone, for what no sign of ours stands for: the tags of other sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from heard.listening import Turn, read
from heard.listening.encoder import encoder
from heard.listening.encoder.network import Encoder
from heard.listening.types import Speaker
from training.judge import Case


@dataclass(frozen=True, slots=True)
class Part:
    """A span of a case's text and how likely each kind is there, 0 to 1."""

    start: int
    end: int
    likely: dict[str, float]


class Hearing(Protocol):
    """Anything that says, for each case, what it hears where."""

    def hear(self, cases: Sequence[Case]) -> list[list[Part]]:
        """One list of parts a case."""


@dataclass(slots=True)
class Signs:
    """The engine itself, with the encoder or without: a part for each sign."""

    encoder: Encoder | None = None
    _heard: dict[Case, list[Part]] = field(default_factory=dict)

    def hear(self, cases: Sequence[Case]) -> list[list[Part]]:
        """Read each case as the last turn of a talk of two; what was read once is remembered."""
        for case in cases:
            if _bare(case) not in self._heard:
                self._heard[_bare(case)] = [*self._parts(case)]
        return [self._heard[_bare(case)] for case in cases]

    def _parts(self, case: Case) -> Iterable[Part]:
        other: Speaker = "customer" if case.speaker == "agent" else "agent"
        turns = [Turn(speaker=other, text=case.before)] if case.before.strip() else []
        heard = read([*turns, Turn(speaker=case.speaker, text=case.text)], encoder=self.encoder)
        for sign in heard.signs[-1]:
            yield Part(sign.start, sign.end, {sign.kind: sign.score})


class Columns:
    """The encoder alone, each text as one sentence; `limits` say from where on a column is said."""

    def __init__(self, limits: dict[str, float]) -> None:
        self.encoder, self.limits = loaded(), limits

    def hear(self, cases: Sequence[Case]) -> list[list[Part]]:
        """One part a case: the whole text."""
        rows = self.likely([(case.text, case.before) for case in cases])
        return [
            [Part(0, len(case.text), {name: self._scaled(name, row[name]) for name in row})]
            for case, row in zip(cases, rows, strict=True)
        ]

    def likely(self, pairs: Sequence[tuple[str, str]]) -> list[dict[str, float]]:
        """How likely each column is for each (text, before)."""
        return [likely(self.encoder, text, before) for text, before in pairs]

    def _scaled(self, column: str, value: float) -> float:
        """The likelihood moved so that the column's limit lies at one half."""
        limit = self.limits.get(column, 0.5)
        if value < limit:
            return 0.5 * value / limit
        return 0.5 + 0.5 * (value - limit) / max(1e-6, 1 - limit)


def likely(encoder: Encoder, text: str, before: str) -> dict[str, float]:
    """The likelihood of each column in a text that is judged as one."""
    (found,) = encoder.read(text, [(0, len(text))], before)
    return {column: found.chance(column) for column in encoder.columns}


def loaded() -> Encoder:
    """The product's encoder. Raises FileNotFoundError where it was not made yet."""
    found = encoder()
    if found is None:
        raise FileNotFoundError("heard/listening/encoder holds no listener.onnx: run `make train`")
    return found


def strongest(parts: Iterable[Part], kinds: Iterable[str]) -> float:
    """The highest likelihood of any of these kinds in any part."""
    wanted = tuple(kinds)
    return max((part.likely.get(kind, 0.0) for part in parts for kind in wanted), default=0.0)


def _bare(case: Case) -> Case:
    """The case without its answer: the same text is judged by several tasks."""
    return Case(case.text, case.before, case.speaker, "")
