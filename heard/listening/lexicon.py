"""Word lists as data, found in a text in one pass.

A list is a text file in `lexicons/<language>/`: one phrase a line, `#` begins a comment, `[label]`
begins a section, `(a|b|)` gives alternatives, `*` stands for any one word, and ` = words` adds a
note. The section `[not]` holds the false friends: within one list the longest phrase wins, so
"no thanks" silences "thanks".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product

_WORD = re.compile(r"\*|[^\W_]+(?:['-][^\W_]+)*")
_CHOICE = re.compile(r"\(([^)]*)\)")
NOT = "not"


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one list: the section it stands in and what the list notes beside it."""

    lexicon: str
    label: str
    phrase: str
    note: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a text, with its offsets and the positions of its words."""

    label: str
    phrase: str
    note: str
    start: int
    end: int
    first: int
    last: int


@dataclass(slots=True)
class Node:
    """One step of the tree in which all phrases of a language are kept."""

    next: dict[str, Node] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


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


def entries(name: str, lang: str = "en") -> Iterator[Entry]:
    """Yield every phrase of a list, alternatives written out."""
    label = ""
    for line in lines(name, lang):
        if line.startswith("["):
            label = line.strip("[]")
            continue
        phrase, _, note = line.partition(" = ")
        for reading in alternatives(phrase):
            yield Entry(name, label, reading, note.strip())


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
def tree(lang: str = "en") -> Node:
    """All lists of a language as one tree of words, built on first use."""
    root = Node()
    for name in LISTS:
        for entry in entries(name, lang):
            node = root
            for word in _WORD.findall(entry.phrase):
                node = _onward(node, word, lang)
            node.entries.append(entry)
    return root


def _onward(node: Node, word: str, lang: str) -> Node:
    """The node behind one word, which its hasty spellings lead to as well."""
    onward = node.next.setdefault(word, Node())
    for typed in spellings(lang).get(word, ()):
        node.next.setdefault(typed, onward)
    bare = word.replace("'", "")
    if bare != word and bare not in _with_own_meaning(lang):
        node.next.setdefault(bare, onward)
    return onward


@cache
def spellings(lang: str = "en") -> dict[str, tuple[str, ...]]:
    """How else a word is typed in a hurry: "you" as "u"."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries("spellings", lang):
        if entry.label != NOT:
            found[entry.note] = (*found.get(entry.note, ()), entry.phrase)
    return found


@cache
def _with_own_meaning(lang: str) -> frozenset[str]:
    """Words that are more than another one without its apostrophe: "ill", "well"."""
    return frozenset(e.phrase for e in entries("spellings", lang) if e.label == NOT)


# Positions of the first word and behind the last, and what was found there.
Match = tuple[int, int, Entry]


def find(words: tuple[str, ...], lang: str = "en") -> list[Match]:
    """The phrases in a sentence: of each list the longest at a place, none overlapping."""
    roots = tree(lang).next
    found: list[Match] = []
    taken: dict[str, int] = {}
    for first, word in enumerate(words):
        node = roots.get(word)
        # Most words begin some phrase, few go on with one: look one word ahead before walking.
        if node is None or not (node.entries or _goes_on(node, words, first + 1)):
            continue
        for name, (last, entry) in _longest(node, words, first).items():
            if first >= taken.get(name, 0):
                taken[name] = last
                if entry.label != NOT:
                    found.append((first, last, entry))
    return found


def _goes_on(node: Node, words: tuple[str, ...], at: int) -> bool:
    return at < len(words) and (words[at] in node.next or "*" in node.next)


def _longest(node: Node, words: tuple[str, ...], first: int) -> dict[str, tuple[int, Entry]]:
    """The longest phrase of each list that begins at one word."""
    found: dict[str, tuple[int, Entry]] = {}
    front, position = [node], first
    while front:
        position += 1
        onward: list[Node] = []
        for step in front:
            for entry in step.entries:
                found[entry.lexicon] = (position, entry)
            if position < len(words):
                onward += [step.next[k] for k in (words[position], "*") if k in step.next]
        front = onward
    return found
