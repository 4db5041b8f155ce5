"""A conversation from a file, and the error that says why a file holds none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.listening.names import parts
from heard.listening.remarks import Remark
from heard.listening.types import Speaker, Turn

_OURS = re.compile(
    r"(?:^|[^a-z])(?:agent|support|advis[eo]r|operator|representative|rep|help(?:desk)?|service"
    r"|info|team|accounts|billing|sales|hello|contact|office|noreply|no-reply)(?:[^a-z]|$)"
)
_THEIRS = re.compile(r"(?:^|[^a-z])(?:customer|caller|client|visitor|user|guest)(?:[^a-z]|$)")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns with the name of what they came from, and what was left out or guessed on the way."""

    source: str
    turns: tuple[Turn, ...]
    remarks: tuple[Remark, ...] = ()


class Unreadable(Exception):
    """A file that cannot be read, with the line (0 for the whole) and a sentence for people."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        self.path, self.line, self.sentence = path, line, sentence
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {sentence}")


@dataclass(frozen=True, slots=True)
class Sides:
    """Which side each voice is on, and what to say where that was guessed."""

    of: dict[str, Speaker]
    remarks: tuple[Remark, ...]


def sides(voices: Sequence[str], us: frozenset[str], first: Speaker) -> Sides:
    """Say which side each voice is on; voices are names or addresses in order of appearance.

    `us` decides where it names anybody; else tell-tale words do; else the first voice is `first`
    and all others are the other side, and a remark says so.
    """
    named: dict[str, Speaker] = dict.fromkeys(_named(voices, us), "agent")
    missed = bool(us and voices and not named)
    if not named:
        named = {v: "agent" for v in voices if _OURS.search(v.casefold().partition("@")[0])}
        named |= {v: "customer" for v in voices if _THEIRS.search(v.casefold().partition("@")[0])}
    guessed = bool(voices and not named)
    if guessed:
        named = {voices[0]: first}
    rest: Speaker = "customer" if "agent" in named.values() else "agent"
    of = {v: named.get(v, rest) for v in voices}
    return Sides(of, tuple(_remarks(voices, first, missed=missed, guessed=guessed)))


def _remarks(
    voices: Sequence[str], first: Speaker, *, missed: bool, guessed: bool
) -> Sequence[Remark]:
    said = []
    if missed:
        said.append(Remark("Nobody here has the name that was given for our side."))
    if guessed:
        taken = "ours" if first == "agent" else "the customer"
        said.append(
            Remark(
                f"No name tells the sides apart, so «{voices[0]}», who comes first, was taken "
                f"as {taken}. --agent NAME says who is ours."
            )
        )
    return said


def _named(voices: Sequence[str], us: frozenset[str]) -> list[str]:
    """The voices that `us` names in full, by their domain, or else by a part of their name."""
    exact = [v for v in voices if is_ours(v, us)]
    if exact:
        return exact
    wanted = [parts(name) for name in us if parts(name)]
    return [v for v in voices if any(name <= parts(v) for name in wanted)]


def is_ours(voice: str, us: frozenset[str]) -> bool:
    """Is this voice named in `us`, by itself or by its domain?"""
    low = voice.casefold()
    return low in us or (low.partition("@")[2] or None) in us
