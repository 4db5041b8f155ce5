"""What the customer is told to do: "Press the button", "If it sticks, lift it", "you could …"."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, sign
from heard.listening.types import Sign


def advice(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `advice` where an act opens a clause, stands behind "you could", or is offered."""
    told = set()
    for sentence in passage.sentences:
        if sentence.asks:
            continue
        if found := passage.grammar.told(passage, sentence):
            start, words, score = found
            told.add(sentence.start)
            why = f"Tells what to do with «{words.strip()}»."
            yield Sign(kind="advice", start=start, end=sentence.end, score=score, why=why)
    for hit in passage.phrases("advice"):
        if passage.sentence_at(hit.start).start not in told:
            yield sign("advice", hit, 0.7, "Offers a solution with")
