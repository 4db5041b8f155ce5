"""Word lists as data; `tree.py` finds them in a text.

A list is a text file in `lexicons/<language>/`: one phrase a line, `#` begins a comment, `[label]`
begins a section, `(a|b|)` gives alternatives, `*` stands for any one word, and ` = words` adds a
note. The section `[not]` holds the false friends: within one list the longest phrase wins, so
"no thanks" silences "thanks". A list that a language does not have is empty.
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
    """Yield the lines of a list without comments and blanks; none where there is no such list."""
    path = files(__package__) / "lexicons" / lang / f"{name}.txt"
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        bare = line.partition("#")[0].strip()
        if bare:
            yield bare


def bag(line: str) -> frozenset[str]:
    """The words of a line as a set: for lists too short to be a file."""
    return frozenset(line.split())


@cache
def words(name: str, lang: str = "en") -> frozenset[str]:
    """A list as a set of single words, each as it may be written."""
    return written((word for line in lines(name, lang) for word in line.split()), lang)


@cache
def phrases(name: str, label: str, lang: str = "en") -> tuple[str, ...]:
    """The phrases of one section of a list, alternatives written out."""
    return tuple(entry.phrase for entry in entries(name, lang) if entry.label == label)


@cache
def section(name: str, label: str, lang: str = "en") -> frozenset[str]:
    """One section of a list as a set of single words, each as it may be written."""
    return written((w for phrase in phrases(name, label, lang) for w in phrase.split()), lang)


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


LETTERS = "letters"


@cache
def spellings(lang: str = "en") -> dict[str, tuple[str, ...]]:
    """How else a word is typed in a hurry: "you" as "u"."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries("spellings", lang):
        if entry.label not in (NOT, LETTERS):
            found[entry.note] = (*found.get(entry.note, ()), entry.phrase)
    return found


@cache
def with_own_meaning(lang: str) -> frozenset[str]:
    """Words that are more than another one without its apostrophe: "ill", "well"."""
    return frozenset(e.phrase for e in entries("spellings", lang) if e.label == NOT)


@cache
def letters(lang: str) -> tuple[tuple[str, str], ...]:
    """Letters that some keyboards and countries lack, with what is written instead: "ß", "ss"."""
    found = (entry for entry in entries("spellings", lang) if entry.label == LETTERS)
    return tuple((entry.note, entry.phrase) for entry in found)


def otherwise(word: str, lang: str) -> Iterator[str]:
    """Yield how else a word is written where letters are lacking: each alone, and all of them."""
    every = word
    for letter, instead in letters(lang):
        if letter in word:
            yield word.replace(letter, instead)
            every = every.replace(letter, instead)
    if every != word:
        yield every


def written(chosen: Iterable[str], lang: str) -> frozenset[str]:
    """Words in each way in which they may be written."""
    own = frozenset(chosen)
    return own.union(*(otherwise(word, lang) for word in own)) if letters(lang) else own


def pattern(source: str, lang: str) -> re.Pattern[str]:
    """A pattern that finds its words however they are written; no such letter in brackets."""
    for letter, instead in letters(lang):
        source = source.replace(letter, f"(?:{letter}|{instead})")
    return re.compile(source)
