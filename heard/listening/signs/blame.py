"""Words that put the fault on the customer, wave a feeling away or promise the impossible."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, sign, word_spans
from heard.listening.types import Sign

_WHY = {"dismissal": "Waves the feeling away with", "insult": "Insults the customer with"}
_LECTURES = "Sounds like a lecture:"


def blame(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `blame` for reproach, dismissal, insults and apologies that are none."""
    for hit in passage.phrases("blame"):
        yield sign("blame", hit, 0.8, _WHY.get(hit.label, "Sounds like reproach:"))


def absolute(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `absolute` for words that leave no way out, in what is claimed or what is lectured."""
    for hit in passage.phrases("absolute"):
        if not passage.sentence_at(hit.start).asks:
            lectures = hit.label == "reproach"
            yield sign(
                "absolute", hit, 0.75, _LECTURES if lectures else "Hard to keep to the letter:"
            )
    for sentence in passage.sentences:
        at = passage.grammar.lectures(sentence)
        if at is not None:
            start, end = word_spans(passage.folded, sentence)[at]
            why = f"{_LECTURES} «{passage.quote(start, end)}»."
            yield Sign(kind="absolute", start=start, end=end, score=0.7, why=why)
