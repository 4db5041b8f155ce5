"""Word lists as data; `tree.py` finds them in a text.

A list is a text file in `lexicons/<language>/`: one phrase a line, `#` begins a comment, `[label]`
begins a section, `(a|b|)` gives alternatives, `*` stands for any one word, and ` = words` adds a
note. The section `[not]` holds the false friends: within one list the longest phrase wins, so
"no thanks" silences "thanks".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product

_CHOICE = re.compile(r"\(([^)]*)\)")
NOT = "not"


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one list: the section it stands in and what the list notes beside it."""

    lexicon: str
    label: str
    phrase: str
    note: str


def lines(name: str, lang: str = "en") -> Iterator[str]:
    """Yield the lines of a list without comments and blanks. Raises FileNotFoundError."""
    path = files(__package__) / "lexicons" / lang / f"{name}.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        bare = line.partition("#")[0].strip()
        if bare:
            yield bare


def bag(line: str) -> frozenset[str]:
    """The words of a line as a set: for lists too short to be a file."""
    return frozenset(line.split())


@cache
def words(name: str, lang: str = "en") -> frozenset[str]:
    """A list as a set of single words."""
    return frozenset(word for line in lines(name, lang) for word in line.split())


@cache
def phrases(name: str, label: str, lang: str = "en") -> tuple[str, ...]:
    """The phrases of one section of a list, alternatives written out."""
    return tuple(entry.phrase for entry in entries(name, lang) if entry.label == label)


@cache
def section(name: str, label: str, lang: str = "en") -> frozenset[str]:
    """One section of a list as a set of single words."""
    return frozenset(word for phrase in phrases(name, label, lang) for word in phrase.split())


def any_of(choices: Iterable[str]) -> str:
    """A pattern that finds any of some phrases, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(choices, key=len, reverse=True))) + ")"


def alternatives(line: str) -> Iterator[str]:
    """Yield each reading of a line with `(a|b|)` in it."""
    parts = _CHOICE.split(line)
    choices = [p.split("|") if i % 2 else [p] for i, p in enumerate(parts)]
    for chosen in product(*choices):
        yield " ".join("".join(chosen).split())


def patterns(name: str, lang: str = "en") -> Iterator[Entry]:
    """Yield every line of a list that holds phrases, as it stands."""
    label = ""
    for line in lines(name, lang):
        if line.startswith("["):
            label = line.strip("[]")
            continue
        phrase, _, note = line.partition(" = ")
        yield Entry(name, label, phrase, note.strip())


def entries(name: str, lang: str = "en") -> Iterator[Entry]:
    """Yield every phrase of a list, alternatives written out."""
    for line in patterns(name, lang):
        for reading in alternatives(line.phrase):
            yield replace(line, phrase=reading)


LISTS = (
    "absolute",
    "advice",
    "apology",
    "blame",
    "complaint",
    "courtesy",
    "emotion",
    "empathy",
    "hold",
    "jargon",
    "leave",
    "need",
    "next-step",
    "preference",
    "reassurance",
    "recall",
    "repeat",
    "rhetorical",
    "settled",
    "thanks",
    "understanding",
)


@cache
def spellings(lang: str = "en") -> dict[str, tuple[str, ...]]:
    """How else a word is typed in a hurry: "you" as "u"."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries("spellings", lang):
        if entry.label != NOT:
            found[entry.note] = (*found.get(entry.note, ()), entry.phrase)
    return found


@cache
def with_own_meaning(lang: str) -> frozenset[str]:
    """Words that are more than another one without its apostrophe: "ill", "well"."""
    return frozenset(e.phrase for e in entries("spellings", lang) if e.label == NOT)
