"""All phrases of a language as one tree of words, grown only where somebody's words lead.

A line such as `(i|we) (can|do|) see (that|how)` stands for many phrases, and all lines together for
some seventy thousand. Written out they cost every process a second and forty megabytes; so a node
keeps the lines that may go on from it, and a child is made when its word is first said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from heard.listening.lexicon import (
    LISTS,
    NOT,
    Entry,
    alternatives,
    otherwise,
    patterns,
    spellings,
    with_own_meaning,
)

_WORD = re.compile(r"\*|[^\W_]+(?:['-][^\W_]+)*")
# What stands between two blanks outside brackets: `word`, `(a|b c|)`, `part(s|)`.
_PART = re.compile(r"(?:\([^)]*\)|[^\s()])+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: its entry, and its parts as they are written."""

    entry: Entry
    parts: Words


@cache
def _readings(part: str) -> tuple[Words, ...]:
    """The words that one part of a line may be."""
    return tuple(tuple(_WORD.findall(reading)) for reading in alternatives(part))


# A place in a line: the words still to come of the part begun, and which part follows.
Place = tuple[Line, Words, int]


def _onward(place: Place) -> Iterator[tuple[str, Place]]:
    """The words that may come next, "" at the end of the line, and the place behind each."""
    line, rest, part = place
    if rest:
        yield rest[0], (line, rest[1:], part)
    elif part == len(line.parts):
        yield "", place
    else:
        for words in _readings(line.parts[part]):
            yield from _onward((line, words, part + 1))


# What may follow: the word to show, the one it stands for, and the places behind it.
Ahead = tuple[str, str, list[Place]]


class Node:
    """What has been said so far of some phrases: those that end here, and how others go on.

    `next` holds the children made so far, `ahead` the places behind every word that may follow.
    """

    __slots__ = ("ahead", "entries", "lang", "next", "said")

    def __init__(self, said: Words, places: list[Place], lang: str) -> None:
        self.said, self.lang = said, lang
        self.next: dict[str, Node] = {}
        self.ahead: dict[str, Ahead] = {}
        self.entries: list[Entry] = []
        for place in places:
            for word, behind in _onward(place):
                if word:
                    self.ahead.setdefault(word, (word, word, []))[2].append(behind)
                else:
                    self.entries.append(replace(place[0].entry, phrase=" ".join(said)))
        self._spell()

    def _spell(self) -> None:
        """Each word that may follow may also be typed in a hurry, or without its letters.

        Where a list writes such a word out itself, it stands for both, and the first is shown.
        """
        own = dict(self.ahead)
        done = set()
        for word, (_, _, places) in own.items():
            done.add(word)
            for other in self._otherwise(word):
                if other in self.ahead:
                    shown = other if other in done else word
                    self.ahead[other] = (shown, other, [*self.ahead[other][2], *places])
                else:
                    self.ahead[other] = self.ahead[word]

    def _otherwise(self, word: str) -> Iterator[str]:
        """How else a word is written, each way once."""
        bare = word.replace("'", "")
        plain = () if bare in with_own_meaning(self.lang) else (bare,)
        typed = spellings(self.lang).get(word, ())
        ways = dict.fromkeys((*typed, *plain, *otherwise(word, self.lang)))
        return (other for other in ways if other != word)

    def goes_on(self, words: Words) -> bool:
        """Does any phrase go on with the first of these words, if there is one?"""
        return bool(words) and (words[0] in self.ahead or "*" in self.ahead)

    def child(self, word: str) -> Node | None:
        """The node behind a word, None where no phrase goes on with it."""
        if word in self.next:
            return self.next[word]
        if word not in self.ahead:
            return None
        shown, meant, places = self.ahead[word]
        node = self.next.get(meant) or Node((*self.said, shown), places, self.lang)
        self.next[word] = self.next[meant] = node
        return node


@cache
def tree(lang: str = "en") -> Node:
    """The root of all phrases of a language."""
    entries = (entry for name in LISTS for entry in patterns(name, lang))
    lines = [Line(entry, tuple(_PART.findall(entry.phrase))) for entry in entries]
    return Node((), [(line, (), 0) for line in lines], lang)


# Positions of the first word and behind the last, and what was found there.
Match = tuple[int, int, Entry]


def find(words: Words, lang: str = "en") -> list[Match]:
    """The phrases in a sentence: of each list the longest at a place, none overlapping."""
    root = tree(lang)
    found: list[Match] = []
    taken: dict[str, int] = {}
    for first, word in enumerate(words):
        node = root.next.get(word) or root.child(word)
        # Most words begin some phrase, few go on with one: look one word ahead before walking.
        if node is None or not (node.entries or node.goes_on(words[first + 1 : first + 2])):
            continue
        for name, (last, entry) in _longest(node, words, first).items():
            if first >= taken.get(name, 0):
                taken[name] = last
                if entry.label != NOT:
                    found.append((first, last, entry))
    return found


def _longest(node: Node, words: Words, first: int) -> dict[str, tuple[int, Entry]]:
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
                if child := step.child(words[position]):
                    onward.append(child)
                if "*" in step.ahead and (child := step.child("*")):
                    onward.append(child)
        front = onward
    return found
