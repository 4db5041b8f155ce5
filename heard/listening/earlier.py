"""What a listener remembers of the turns before this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from heard.listening.names import parts
from heard.listening.passage import Passage, bare_words
from heard.listening.types import Turn


@dataclass(slots=True)
class Earlier:
    """Kept up turn by turn, so that a long conversation costs no more per turn than a short one.

    `names` are the parts of the customer's names, `called` their last full name, `vocabulary`
    every word they used, `said` the content stems of their turns since the colleague last spoke.
    """

    names: set[str] = field(default_factory=set)
    vocabulary: set[str] = field(default_factory=set)
    said: frozenset[str] = frozenset()
    answered: bool = False
    called: str = ""

    @classmethod
    def of(cls, turns: Iterable[Turn]) -> Earlier:
        """Remember only names and words of turns that need not be read again."""
        earlier = cls(answered=True)
        for turn in turns:
            if turn.speaker == "customer":
                earlier._meet(turn)
                earlier.vocabulary.update(bare_words(turn.text))
        return earlier

    def add(self, passage: Passage) -> None:
        """Remember one more turn."""
        if passage.turn.speaker == "agent":
            self.answered = True
            return
        if self.answered:
            self.said, self.answered = frozenset(), False
        self.said = self.said.union(*(s.content for s in passage.sentences))
        self.vocabulary |= passage.vocabulary
        self._meet(passage.turn)

    def _meet(self, turn: Turn) -> None:
        if found := parts(turn.name):
            self.names |= found
            self.called = turn.name
