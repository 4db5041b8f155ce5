"""One turn made ready for the rules: folded text, sentences, words and phrases found.

Every rule works on the same passage, so a turn is cut up once. The folded text has exactly as
many characters as the turn's, so an offset in the one is an offset in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from heard.listening import grammar, language, lexicon
from heard.listening.grammar import Grammar
from heard.listening.sentences import spans
from heard.listening.stems import content as content_of
from heard.listening.tree import Match, find
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
    """A stretch of own words: offsets in the turn, and its folded words.

    `stems` has a stem for each word, "" where it carries no content; `content` is the set of them.
    """

    start: int
    end: int
    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    asks: bool

    def own_words(self, shared: frozenset[str], most: int = 4) -> str:
        """The words behind some stems in their order, quoted, for showing to people."""
        pairs = zip(self.words, self.stems, strict=True)
        found = dict.fromkeys(word for word, stem in pairs if stem in shared)
        return ", ".join(f"«{word}»" for word in list(found)[:most])


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


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn with everything the rules need; nothing in it when its language has no rules.

    `lang` is the language it is read in, "" where it is not read.
    """

    turn: Turn
    index: int
    folded: str
    sentences: tuple[Sentence, ...]
    vocabulary: frozenset[str]
    hits: dict[str, list[Hit]]
    lang: str

    @property
    def read(self) -> bool:
        """Whether there are rules for the language of this turn."""
        return bool(self.lang)

    @property
    def grammar(self) -> Grammar:
        """The grammar of its language."""
        return grammar.of(self.lang)

    def listed(self, name: str) -> frozenset[str]:
        """A word list of its language."""
        return lexicon.words(name, self.lang or "en")

    def place(self, start: int, end: int) -> Place:
        """The span as a place in the conversation."""
        return Place(turn=self.index, start=start, end=end)

    def quote(self, start: int, end: int) -> str:
        """The turn's own words in a span, with line breaks as blanks."""
        return " ".join(self.turn.text[start:end].split())

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that an offset lies in. Raises IndexError when there are none."""
        return self.sentences[self.index_at(offset)]

    def index_at(self, offset: int) -> int:
        """Which sentence that is, from 0."""
        return max(0, bisect_right(self.sentences, offset, key=_start) - 1)

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
    if "@" in low or "://" in low or "www." in low:
        return _ADDRESS.sub(_blank, low)
    return low


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match[0])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence before its language is known."""

    start: int
    end: int
    words: tuple[str, ...]
    asks: bool


def _cut(text: str, folded: str) -> Iterator[_Piece]:
    for start, end in spans(text):
        words = tuple(_WORD.findall(folded, start, end))
        asks = "?" in folded[max(start, end - 4) : end]
        if words or asks:
            yield _Piece(start, end, words, asks)


def made(turns: Sequence[Turn]) -> tuple[Passage, ...]:
    """Cut the turns of one conversation up. Linear in the length of their text."""
    folded = [fold(turn.text) for turn in turns]
    cut = [list(_cut(turn.text, low)) for turn, low in zip(turns, folded, strict=True)]
    vocabularies = [frozenset(word for piece in pieces for word in piece.words) for pieces in cut]
    langs = language.languages(
        [
            language.Heard(turn.speaker, turn.lang, sum(len(p.words) for p in pieces), words)
            for turn, pieces, words in zip(turns, cut, vocabularies, strict=True)
        ]
    )
    return tuple(
        _passage(turn, index, folded[index], cut[index], vocabularies[index], langs[index])
        for index, turn in enumerate(turns)
    )


def _passage(
    turn: Turn,
    index: int,
    folded: str,
    pieces: Sequence[_Piece],
    vocabulary: frozenset[str],
    lang: str,
) -> Passage:
    if not lang:
        return Passage(turn, index, folded, (), frozenset(), {}, lang)
    content = content_of(lang)
    sentences, hits = [], dict[str, list[Hit]]()
    for piece in pieces:
        stems = tuple(map(content, piece.words))
        carried = frozenset(filter(None, stems))
        sentence = Sentence(piece.start, piece.end, piece.words, stems, carried, piece.asks)
        sentences.append(sentence)
        if found := find(sentence.words, lang):
            _place(found, word_spans(folded, sentence), hits)
    return Passage(turn, index, folded, tuple(sentences), vocabulary, hits, lang)


def make(turn: Turn, index: int = 0) -> Passage:
    """Cut a turn up that stands alone."""
    return replace(made([turn])[0], index=index)


def bare_words(text: str) -> list[str]:
    """The folded words of a text, quotes and all."""
    return _WORD.findall(fold(text))


def word_spans(folded: str, sentence: Sentence) -> list[tuple[int, int]]:
    """The offsets of a sentence's words."""
    return [match.span() for match in _WORD.finditer(folded, sentence.start, sentence.end)]


def _place(found: list[Match], spans: list[tuple[int, int]], hits: dict[str, list[Hit]]) -> None:
    for first, last, entry in found:
        start, end = spans[first][0], spans[last - 1][1]
        hit = Hit(entry.label, entry.phrase, entry.note, start, end, first, last)
        hits.setdefault(entry.lexicon, []).append(hit)


def sign(kind: str, hit: Hit, score: float, why: str) -> Sign:
    """A sign over a phrase that was found; the phrase stands in the reason."""
    return Sign(kind=kind, start=hit.start, end=hit.end, score=score, why=f"{why} «{hit.phrase}».")
