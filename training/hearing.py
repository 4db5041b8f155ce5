"""Two that hear: the rules of heard.listening, and the network. Both answer in the same words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from heard.listening import Turn, read
from heard.listening.sentences import spans
from heard.listening.types import Speaker
from training.examples import COLUMNS
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


class Rules:
    """The rules alone: a part for each sign."""

    def hear(self, cases: Sequence[Case]) -> list[list[Part]]:
        """Read each case as the last turn of a talk of two."""
        return [[*self._parts(case)] for case in cases]

    def _parts(self, case: Case) -> Iterable[Part]:
        other: Speaker = "customer" if case.speaker == "agent" else "agent"
        turns = [Turn(speaker=other, text=case.before)] if case.before.strip() else []
        heard = read([*turns, Turn(speaker=case.speaker, text=case.text)])
        for sign in heard.signs[-1]:
            yield Part(sign.start, sign.end, {sign.kind: sign.score})


class Network:
    """The trained network in torch, sentence by sentence or (`whole`) over a text at once."""

    def __init__(self, weights: Path, layers: int = 6, *, limited: bool = False) -> None:
        """`limited`: use the limits beside the weights, so that each column is said from 0.5 on."""
        import torch

        from training.network import Listener, tokenizer

        self.torch = torch
        self.words = tokenizer()
        self.network = Listener(layers)
        self.network.load_state_dict(torch.load(weights))
        self.network.eval()
        beside = weights.parent / "limits.json"
        self.limits: dict[str, float] = json.loads(beside.read_text()) if limited else {}

    def hear(self, cases: Sequence[Case]) -> list[list[Part]]:
        """Each sentence of each case after what came before it."""
        pieces = [
            (index, start, end)
            for index, case in enumerate(cases)
            for start, end in spans(case.text)
        ]
        rows = self.likely([(cases[i].text[s:e], cases[i].before) for i, s, e in pieces])
        heard: list[list[Part]] = [[] for _ in cases]
        for (index, start, end), row in zip(pieces, rows, strict=True):
            scaled = {name: self._scaled(name, value) for name, value in row.items()}
            heard[index].append(Part(start, end, scaled))
        return heard

    def _scaled(self, column: str, value: float) -> float:
        """The likelihood moved so that the column's limit lies at one half."""
        limit = self.limits.get(column, 0.5)
        if value < limit:
            return 0.5 * value / limit
        return 0.5 + 0.5 * (value - limit) / max(1e-6, 1 - limit)

    def likely(self, pairs: Sequence[tuple[str, str]]) -> list[dict[str, float]]:
        """How likely each column is for each (text, before); the order is kept."""
        from training.network import encode

        torch = self.torch
        encoded = [encode(self.words, text, before) for text, before in pairs]
        order = sorted(range(len(pairs)), key=lambda at: len(encoded[at][0]))
        rows: list[dict[str, float]] = [{} for _ in pairs]
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for first in range(0, len(order), 64):
                batch = order[first : first + 64]
                longest = max(len(encoded[at][0]) for at in batch)
                ids, sides, mask = (
                    torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3)
                )
                for row, at in enumerate(batch):
                    tokens, side = encoded[at]
                    ids[row, : len(tokens)] = torch.tensor(tokens)
                    sides[row, : len(side)] = torch.tensor(side)
                    mask[row, : len(tokens)] = 1
                found = torch.sigmoid(self.network(ids, sides, mask).float()).tolist()
                for at, values in zip(batch, found, strict=True):
                    rows[at] = dict(zip(COLUMNS, values, strict=True))
        return rows


def strongest(parts: Iterable[Part], kinds: Iterable[str]) -> float:
    """The highest likelihood of any of these kinds in any part."""
    wanted = tuple(kinds)
    return max((part.likely.get(kind, 0.0) for part in parts for kind in wanted), default=0.0)
