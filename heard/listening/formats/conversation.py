"""A conversation from a file, and the error that says why a file holds none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.listening.types import Speaker, Turn

_OURS = re.compile(
    r"(?:^|[^a-z])(?:agent|support|advis[eo]r|operator|representative|rep|help(?:desk)?|service"
    r"|info|team|accounts|billing|sales|hello|contact|office|noreply|no-reply)(?:[^a-z]|$)"
)
_THEIRS = re.compile(r"(?:^|[^a-z])(?:customer|caller|client|visitor|user|guest)(?:[^a-z]|$)")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns with the name of what they came from."""

    source: str
    turns: tuple[Turn, ...]


class Unreadable(Exception):
    """A file that cannot be read, with the line (0 for the whole) and a sentence for people."""

    def __init__(self, path: Path, line: int, sentence: str) -> None:
        self.path, self.line, self.sentence = path, line, sentence
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {sentence}")


def text_of(path: Path) -> str:
    """A text file's content with plain line ends. Raises Unreadable where it is not UTF-8."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(path, line, "This is not UTF-8 text.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sides(voices: Sequence[str], us: frozenset[str], first: Speaker) -> dict[str, Speaker]:
    """Say which side each voice is on; voices are names or addresses in order of appearance.

    `us` decides where it names anybody; else tell-tale words do; else the first voice is `first`
    and all others are the other side.
    """
    named: dict[str, Speaker] = {v: "agent" for v in voices if is_ours(v, us)}
    if not named:
        named = {v: "agent" for v in voices if _OURS.search(v.casefold().partition("@")[0])}
        named |= {v: "customer" for v in voices if _THEIRS.search(v.casefold().partition("@")[0])}
    if not named and voices:
        named = {voices[0]: first}
    rest: Speaker = "customer" if "agent" in named.values() else "agent"
    return {v: named.get(v, rest) for v in voices}


def is_ours(voice: str, us: frozenset[str]) -> bool:
    """Is this voice named in `us`, by itself or by its domain?"""
    low = voice.casefold()
    return low in us or (low.partition("@")[2] or None) in us
