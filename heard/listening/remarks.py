"""What a reader of a reading should know: what was left out, guessed or not to be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from heard.listening.measures.timing import aware
from heard.listening.passage import made
from heard.listening.types import Reading, Turn

# So many turns are named in one sentence; the rest is counted.
_NAMED = 5
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence for people, with the line of the file or the position of the turn it is about."""

    says: str
    line: int | None = None
    turn: int | None = None

    @property
    def sentence(self) -> str:
        """What is said, with the line where the words do not name it."""
        if self.line is None or f"ine {self.line}" in self.says:
            return self.says
        return f"Line {self.line}: {self.says}"


def remarks(reading: Reading) -> Iterator[Remark]:
    """Yield what can be said of any conversation, whatever it came from."""
    turns = reading.turns
    if not turns:
        yield Remark("There are no turns here.")
        return
    sides = {turn.speaker for turn in turns}
    if len(sides) == 1:
        who = "customer" if "customer" in sides else "colleague"
        yield Remark(f"Only the {who} speaks here: what passes between two sides is not measured.")
    yield from _about(_empty(turns), "empty")
    yield from _about(_wordless(turns), "without words", "nothing is marked there")
    yield from _about(
        _unread(reading), "in a language that has no rules", "nothing is marked there"
    )
    nul = [i for i, turn in enumerate(turns) if "\0" in turn.text]
    holds = "it holds" if len(nul) == 1 else "they hold"
    yield from _about(nul, f"not plain text, {holds} nul bytes", "each is shown as \ufffd")
    yield from _about(
        _earlier(turns), "earlier than what stands before", "no wait is counted there"
    )
    ended = _ended(turns)
    began = "it began, by its" if len(ended) == 1 else "they began, by their"
    yield from _about(ended, f"over before {began} times")


def _about(which: Sequence[int], what: str, so: str = "") -> Iterator[Remark]:
    if not which:
        return
    shown = [str(i + 1) for i in which[:_NAMED]]
    if len(which) > _NAMED:
        shown.append(f"{len(which) - _NAMED} more")
    who = f"Turn {shown[0]} is" if len(which) == 1 else f"Turns {listed(shown)} are"
    yield Remark(f"{who} {what}{': ' if so else ''}{so}.", turn=which[0])


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "3, 5 and 9"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _empty(turns: Sequence[Turn]) -> list[int]:
    return [i for i, turn in enumerate(turns) if not turn.text.strip()]


def _wordless(turns: Sequence[Turn]) -> list[int]:
    return [i for i, t in enumerate(turns) if t.text.strip() and not _WORD.search(t.text)]


def _unread(reading: Reading) -> list[int]:
    """Turns whose language has no rules; looked for only where the reading counted some."""
    if not any(measure.name == "turns_not_read" for measure in reading.measures):
        return []
    return [i for i, passage in enumerate(made(reading.turns)) if not passage.read]


def _earlier(turns: Sequence[Turn]) -> list[int]:
    """Turns that were written or begun before the one that they follow."""
    found = []
    for index, (before, after) in enumerate(pairwise(turns), 1):
        written, then = aware(before), aware(after)
        begun = before.start is not None and after.start is not None and after.start < before.start
        if begun or (written and then and then < written):
            found.append(index)
    return found


def _ended(turns: Sequence[Turn]) -> list[int]:
    return [
        i
        for i, turn in enumerate(turns)
        if turn.start is not None and turn.end is not None and turn.end < turn.start
    ]
