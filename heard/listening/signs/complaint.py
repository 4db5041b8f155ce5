"""What the customer says is or was wrong."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Hit, Passage, sign
from heard.listening.types import Sign


def complaint(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `complaint` where something is said to be wrong; asking whether it is counts not."""
    for hit in passage.phrases("complaint"):
        if not _supposed(passage, hit):
            yield sign("complaint", hit, 0.75, "Says that something is wrong with")


def _supposed(passage: Passage, hit: Hit) -> bool:
    words, sentence = passage.grammar.feelings, passage.sentence_at(hit.start)
    if sentence.asks and words.question.match(passage.folded, sentence.start, sentence.end):
        return True
    return (
        words.supposed.search(passage.folded, max(sentence.start, hit.start - 25), hit.start)
        is not None
    )
