"""Where the customer has to ask or tell something again."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, Sentence, sign
from heard.listening.types import Sign

# "And the voucher?" has two words or three beside the first.
SHORT = 5


def repeat(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `repeat` where the customer says that this was asked or told before, or asks it so.

    "And the voucher?" asks again when the customer spoke of a voucher before our last reply.
    """
    for hit in passage.phrases("repeat"):
        yield sign("repeat", hit, 0.8, "Has asked or told before:")
    if not earlier.answered:
        return
    for sentence in passage.sentences:
        if sentence.asks and _takes_up(passage, sentence, earlier):
            said = sentence.own_words(sentence.content)
            why = f"Comes back to {said}, which they spoke of before."
            yield Sign(kind="repeat", start=sentence.start, end=sentence.end, score=0.6, why=why)


def _takes_up(passage: Passage, sentence: Sentence, earlier: Earlier) -> bool:
    """A short question that begins with "and" and brings no word of its own."""
    if len(sentence.words) > SHORT or not passage.listed("openers") & set(sentence.words[:1]):
        return False
    pairs = zip(sentence.words, sentence.stems, strict=True)
    own = [word for word, stem in pairs if stem]
    return bool(own) and earlier.vocabulary.issuperset(own)
