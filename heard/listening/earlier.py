"""What a listener remembers of the turns before this one."""

from __future__ import annotations

from dataclasses import dataclass, field

from heard.listening.passage import Passage
from heard.listening.signs.name import parts


@dataclass(slots=True)
class Earlier:
    """Kept up turn by turn, so that a long conversation costs no more per turn than a short one.

    `names` are the parts of the customer's names, `vocabulary` every word they used, `said` the
    content stems of their turns since the colleague last spoke.
    """

    names: set[str] = field(default_factory=set)
    vocabulary: set[str] = field(default_factory=set)
    said: frozenset[str] = frozenset()
    answered: bool = False

    def add(self, passage: Passage) -> None:
        """Remember one more turn."""
        if passage.turn.speaker == "agent":
            self.answered = True
            return
        if self.answered:
            self.said, self.answered = frozenset(), False
        self.said = self.said.union(*(s.content for s in passage.sentences))
        self.vocabulary |= passage.vocabulary
        self.names |= parts(passage.turn.name)
