"""A draft as the last turn of its conversation, with the questions that the advice asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from heard.listening.passage import Passage
from heard.listening.reading import Heard
from heard.listening.types import Commitment, Sign

# Under so many words a draft is still being written, and what it lacks may yet come.
BEGUN = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """The conversation heard with the draft at its end."""

    heard: Heard

    @property
    def passage(self) -> Passage:
        """The draft cut up."""
        return self.heard.passages[-1]

    @property
    def index(self) -> int:
        """The draft's position among the turns."""
        return len(self.heard.passages) - 1

    def signs(self, *kinds: str) -> list[Sign]:
        """The draft's signs of some kinds, or all."""
        return [s for s in self.heard.reading.signs[-1] if not kinds or s.kind in kinds]

    def promises(self) -> list[Commitment]:
        """The promises that the draft makes."""
        return [c for c in self.heard.reading.commitments if c.place.turn == self.index]

    def begun(self) -> bool:
        """Is there enough of it to say what is missing?"""
        return sum(len(s.words) for s in self.passage.sentences) >= BEGUN
