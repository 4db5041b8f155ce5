"""What the customer needs, and how they would like it."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Hit, Passage
from heard.listening.types import Sign


def need(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `need` over the phrase and the rest of its sentence: the customer's own words.

    "I must" is a need only beside a time or a reason: "I must be there by eight".
    """
    reasons = [hit for hit in passage.phrases("need") if hit.label == "reason"]
    for hit in passage.phrases("need"):
        why = f"Says a need with «{hit.phrase}»."
        if hit.label == "must":
            reason = _beside(passage, hit, reasons)
            if not reason:
                continue
            why = f"Says a need with «{hit.phrase}» and «{reason.phrase}»."
        if hit.label != "reason":
            yield _rest(passage, hit, "need", why)


def preference(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `preference` over the phrase and the rest of its sentence."""
    for hit in passage.phrases("preference"):
        yield _rest(passage, hit, "preference", f"Says a preference with «{hit.phrase}».")


def _beside(passage: Passage, hit: Hit, reasons: list[Hit]) -> Hit | None:
    """The first reason in the same sentence, which is told rather than asked."""
    sentence = passage.sentence_at(hit.start)
    if sentence.asks:
        return None
    return next((r for r in reasons if sentence.start <= r.start < sentence.end), None)


def _rest(passage: Passage, hit: Hit, kind: str, why: str) -> Sign:
    end = passage.sentence_at(hit.start).end
    return Sign(kind=kind, start=hit.start, end=end, score=0.75, why=why)
