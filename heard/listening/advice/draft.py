"""A draft as the last turn of its conversation, with the questions that the advice asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage
from heard.listening.reading import Heard, hear
from heard.listening.types import Commitment, Sign, Turn

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder

# Under so many words a draft is still being written, and what it lacks may yet come.
BEGUN = 8
# How many of the customer's stretches of turns may still wait for an answer; older ones would nag.
STRETCHES = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """The end of the conversation heard with the draft; names and words of the customer in all."""

    heard: Heard
    earlier: Earlier

    @property
    def passage(self) -> Passage:
        """The draft cut up."""
        return self.heard.passages[-1]

    @property
    def index(self) -> int:
        """The draft's position among the turns that were heard."""
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

    def last_stretch(self) -> int:
        """The turn at which the customer's last stretch begins."""
        return since(self.heard.reading.turns[:-1], 1)


def written(reply: Turn, turns: Sequence[Turn], encoder: Encoder | None = None) -> Draft:
    """Hear a reply with the turns that may still wait for it; of older ones names and words."""
    start = since(turns, STRETCHES)
    earlier = Earlier.of(turns[:start])
    heard = hear([*turns[start:], reply], earlier, encoder=encoder, strictly=True)
    return Draft(heard, earlier)


def since(turns: Sequence[Turn], stretches: int) -> int:
    """The position at which the customer's last so many stretches of turns begin."""
    seen, last = 0, "agent"
    for index in range(len(turns) - 1, -1, -1):
        speaker = turns[index].speaker
        seen += speaker == "customer" and last == "agent"
        if seen > stretches:
            return index + 1
        last = speaker
    return 0
