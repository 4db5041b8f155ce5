"""What the customer feels, in words that name the feeling or a phrase that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.lexicon import bag
from heard.listening.passage import Passage, sign
from heard.listening.types import Sign

NEGATIVE = frozenset(
    f"emotion.{n}"
    for n in ("frustration", "anger", "disappointment", "worry", "confusion", "sadness")
)
_STRONGER = bag(
    "very really extremely so absolutely incredibly totally completely utterly deeply beyond"
)
_WEAKER = bag("bit little slightly somewhat rather")
_DENIED = bag("not never no isn't wasn't aren't don't won't hardly without")


def emotion(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `emotion.<name>`; the score rises with "very", falls with "a bit"."""
    for hit in passage.phrases("emotion"):
        sentence = passage.sentence_at(hit.start)
        lead = sentence.words[max(0, hit.first - 3) : hit.first]
        if hit.label != "anger" and _DENIED & set(lead[-2:]):
            continue
        words = {*lead, *hit.phrase.split()}
        loud = "!" in passage.folded[sentence.start : sentence.end][-3:]
        score = 0.75 + 0.1 * bool(words & _STRONGER) + 0.05 * loud - 0.2 * bool(words & _WEAKER)
        yield sign(f"emotion.{hit.label}", hit, score, f"Speaks of {hit.label} with")
