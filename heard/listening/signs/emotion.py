"""What the customer feels, in words that name the feeling or a phrase that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, sign
from heard.listening.types import Sign

NEGATIVE = frozenset(
    f"emotion.{n}"
    for n in ("frustration", "anger", "disappointment", "worry", "confusion", "sadness")
)


def emotion(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `emotion.<name>`; the score rises with "very", falls with "a bit"."""
    degree = passage.grammar.feelings
    for hit in passage.phrases("emotion"):
        sentence = passage.sentence_at(hit.start)
        lead = sentence.words[max(0, hit.first - 3) : hit.first]
        if hit.label != "anger" and degree.denied & set(lead[-2:]):
            continue
        words = {*lead, *hit.phrase.split()}
        loud = "!" in passage.folded[sentence.start : sentence.end][-3:]
        score = (
            0.75
            + 0.1 * bool(words & degree.stronger)
            + 0.05 * loud
            - 0.2 * bool(words & degree.weaker)
        )
        yield sign(f"emotion.{hit.label}", hit, score, f"Speaks of {hit.label} with")
