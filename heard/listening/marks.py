"""A sign as a page draws it: with its family and its kind in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from heard.listening.families import family_of, label_of


class Heard(Protocol):
    """A sign of the engine's, or the row in which it is kept."""

    @property
    def kind(self) -> str:
        """What was heard."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""

    @property
    def score(self) -> float:
        """How sure, from 0 to 1."""

    @property
    def why(self) -> str:
        """The reason."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign with which of the five lines it is drawn, and its kind in words."""

    start: int
    end: int
    kind: str
    family: str
    label: str
    why: str
    score: float


def mark_of(sign: Heard) -> Mark:
    """The mark that shows this sign."""
    return Mark(
        start=sign.start,
        end=sign.end,
        kind=sign.kind,
        family=family_of(sign.kind),
        label=label_of(sign.kind),
        why=sign.why,
        score=sign.score,
    )
