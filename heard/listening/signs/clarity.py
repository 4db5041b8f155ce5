"""Sentences too long to follow and words that only insiders use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, Sentence, sign
from heard.listening.types import Sign

HARD = 10.0
ENOUGH_WORDS = 16
_INITIALS = re.compile(r"(?<![\w@/.#-])[A-Z]{3,5}(?![\w@/-])")
_LOUD = re.compile(r"[A-Z]{3}|[\"“”_]")
_ITEMS = re.compile(r"[,;:]")


def jargon(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `jargon` with plainer words, unless the customer used the expression first."""
    for hit in passage.phrases("jargon"):
        if not earlier.vocabulary.issuperset(hit.phrase.split()):
            why = f"An insider's expression; plainer: {hit.note}. Found"
            yield sign("jargon", hit, 0.7, why)
    yield from _initials(passage, earlier)


def _initials(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `jargon` for capitals that few know and this customer has not used."""
    known = passage.listed("known")
    for match in _INITIALS.finditer(passage.turn.text):
        low = match[0].lower()
        if low in known or low in earlier.vocabulary or _shouted(passage.turn.text, match):
            continue
        why = f"An abbreviation that this customer has not used: «{match[0]}»."
        yield Sign(kind="jargon", start=match.start(), end=match.end(), score=0.65, why=why)


def _shouted(text: str, match: re.Match[str]) -> bool:
    """Capitals that are loud or a code: half vowels, a neighbour in capitals, a quote."""
    beside = text[max(0, match.start() - 8) : match.start()] + text[match.end() : match.end() + 8]
    vowels = sum(letter in "AEIOUY" for letter in match[0])
    return vowels * 2 >= len(match[0]) or _LOUD.search(beside) is not None


def unclear(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `unclear` for a sentence of too many words, or one of long words throughout."""
    ease = passage.grammar.ease
    if ease is None:
        return
    for sentence in passage.sentences:
        count = len(sentence.words)
        if count > ease.too_long and not _is_list(passage, sentence):
            score = min(1.0, 0.6 + (count - ease.too_long) / 50)
            yield _mark(sentence, score, f"{count} words in one sentence.")
        elif count >= ENOUGH_WORDS and ease.points(sentence.words, 1) < HARD:
            yield _mark(sentence, 0.6, "Long words make this sentence hard to read.")


def _is_list(passage: Passage, sentence: Sentence) -> bool:
    commas = len(_ITEMS.findall(passage.folded, sentence.start, sentence.end))
    return commas * 4 > len(sentence.words)


def _mark(sentence: Sentence, score: float, why: str) -> Sign:
    return Sign(kind="unclear", start=sentence.start, end=sentence.end, score=score, why=why)
