"""One turn made ready for the rules: folded text, sentences, words and phrases found.

Every rule works on the same passage, so a turn is cut up once. The folded text has exactly as
many characters as the turn's, so an offset in the one is an offset in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from heard.listening import language, lexicon
from heard.listening.lexicon import Hit
from heard.listening.sentences import spans
from heard.listening.stems import content
from heard.listening.types import Place, Sign, Turn

_FOLD = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "\u00a0": " ", "\x00": " "}
    | dict.fromkeys("\n\r\t", " ")
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
# Addresses carry words that nobody said; the bounds keep the search linear on hostile input.
_ADDRESS = re.compile(
    r"\bhttps?://[^\s<>]+|\bwww\.[^\s<>]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of own words: offsets in the turn, and the folded words with theirs.

    `stems` has a stem for each word, "" where it carries no content; `content` is the set of them.
    """

    start: int
    end: int
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    asks: bool

    def own_words(self, shared: frozenset[str], most: int = 4) -> str:
        """The words behind some stems in their order, quoted, for showing to people."""
        pairs = zip(self.words, self.stems, strict=True)
        found = dict.fromkeys(word for word, stem in pairs if stem in shared)
        return ", ".join(f"«{word}»" for word in list(found)[:most])


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn with everything the rules need; nothing in it when its language has no rules."""

    turn: Turn
    index: int
    folded: str
    sentences: tuple[Sentence, ...]
    vocabulary: frozenset[str]
    hits: dict[str, list[Hit]]
    read: bool

    def place(self, start: int, end: int) -> Place:
        """The span as a place in the conversation."""
        return Place(turn=self.index, start=start, end=end)

    def quote(self, start: int, end: int) -> str:
        """The turn's own words in a span, with line breaks as blanks."""
        return " ".join(self.turn.text[start:end].split())

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that an offset lies in. Raises IndexError when there are none."""
        return self.sentences[max(0, bisect_right(self.sentences, offset, key=_start) - 1)]

    def phrases(self, name: str) -> list[Hit]:
        """What was found of one word list, in the order of the text."""
        return self.hits.get(name, [])


def _start(sentence: Sentence) -> int:
    return sentence.start


def fold(text: str) -> str:
    """Lower case, straight apostrophes, addresses blanked; as long as what came in."""
    plain = text.translate(_FOLD)
    low = plain.lower()
    if len(low) != len(plain):  # "İ" becomes two characters, and every offset would slip
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    return _ADDRESS.sub(_blank, low)


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match[0])


def _cut(text: str, folded: str) -> Iterator[Sentence]:
    for start, end in spans(text):
        found = list(_WORD.finditer(folded, start, end))
        words = tuple(m[0] for m in found)
        places = tuple(m.span() for m in found)
        asks = "?" in folded[max(start, end - 4) : end]
        if words or asks:
            stems = tuple(map(content, words))
            yield Sentence(start, end, words, places, stems, frozenset(filter(None, stems)), asks)


def make(turn: Turn, index: int = 0) -> Passage:
    """Cut a turn up. Linear in the length of its text."""
    folded = fold(turn.text)
    sentences = tuple(_cut(turn.text, folded))
    vocabulary = frozenset(word for s in sentences for word in s.words)
    if not language.has_rules(turn.lang, sum(len(s.words) for s in sentences), vocabulary):
        return Passage(turn, index, folded, (), frozenset(), {}, read=False)
    hits: dict[str, list[Hit]] = {}
    for sentence in sentences:
        lexicon.find(sentence.words, sentence.spans, hits)
    return Passage(turn, index, folded, sentences, vocabulary, hits, read=True)


def sign(kind: str, hit: Hit, score: float, why: str) -> Sign:
    """A sign over a phrase that was found; the phrase stands in the reason."""
    return Sign(kind=kind, start=hit.start, end=hit.end, score=score, why=f"{why} «{hit.phrase}».")
