"""What the customer feels, says is wrong, threatens, needs and prefers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.lexicon import Hit, bag
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
_QUESTION = re.compile(r"(?:is|are|was|were|does|do|did|can|could|will|would|has|have)\b")
_IF = re.compile(r"\b(?:if|in case|whether|unless|should it)\b")


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


def complaint(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `complaint` where something is said to be wrong; asking whether it is does not "
    "count."""
    for hit in passage.phrases("complaint"):
        if not _supposed(passage, hit):
            yield sign("complaint", hit, 0.75, "Says that something is wrong with")


def leave_risk(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `leave-risk` for cancelling, switching, money back, law and public complaint."""
    reasons = {
        "cancel": "Speaks of ending it with",
        "switch": "Speaks of going elsewhere with",
        "refund": "Wants money back with",
        "law": "Speaks of law or authorities with",
        "public": "Speaks of going public with",
    }
    for hit in passage.phrases("leave"):
        yield sign("leave-risk", hit, 0.75, reasons[hit.label])


def need(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `need` over the phrase and the rest of its sentence: the customer's own words."""
    for hit in passage.phrases("need"):
        end = passage.sentence_at(hit.start).end
        yield Sign(
            kind="need",
            start=hit.start,
            end=end,
            score=0.75,
            why=f"Says a need with «{hit.phrase}».",
        )


def preference(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `preference` over the phrase and the rest of its sentence."""
    for hit in passage.phrases("preference"):
        end = passage.sentence_at(hit.start).end
        why = f"Says a preference with «{hit.phrase}»."
        yield Sign(kind="preference", start=hit.start, end=end, score=0.75, why=why)


def repeat(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `repeat` where the customer says that this was asked or told before."""
    for hit in passage.phrases("repeat"):
        yield sign("repeat", hit, 0.8, "Has asked or told before:")


def _supposed(passage: Passage, hit: Hit) -> bool:
    sentence = passage.sentence_at(hit.start)
    if sentence.asks and _QUESTION.match(passage.folded, sentence.start, sentence.end):
        return True
    return _IF.search(passage.folded, max(sentence.start, hit.start - 25), hit.start) is not None
