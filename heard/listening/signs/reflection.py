"""Saying back what the customer said, and asking whether one has understood it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, Sentence, sign
from heard.listening.types import Sign

_FRAME = re.compile(
    r"\b(?:sorry to (?:hear|learn|read|see)|(?:it|that) (?:sounds|seems|looks) (?:like|as if"
    r"|as though)|sounds like"
    r"|(?:so|and|what)?\s*(?:i'm|i am) hearing|so (?:you|your|the|it)\b|you (?:mentioned|said"
    r"|told (?:me|us)|wrote"
    r"|described|explained|asked|say)|you(?:'re| are) (?:saying|asking|looking|worried|concerned"
    r"|after)"
    r"|you(?:'d| would) (?:like|prefer|rather)|(?:i|we) (?:understand|see|gather|hear"
    r"|note) (?:that )?(?:you|your|the|it)"
    r"|if i (?:understand|understood|read)|(?:to|let me) (?:sum up|summari[sz]e|recap|repeat)"
    r"|from (?:what you|your (?:message|mail|email|letter))|your (?:concern|worry|question"
    r"|request) (?:is|about))"
)
_YOU = re.compile(r"\byou(?:'re|'ve|'d|r)?\b")
_OURS = re.compile(r"\b(?:i|we)(?:'ll|'ve| will| have| can| would|'d| did| am|'m|'re| are)\b")
# Fewer shared words prove nothing without a phrase that announces the saying back.
SHARED, SHARE = 3, 0.5


def reflection(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `reflection` where a statement says the customer's own content back to them.

    Either a phrase announces it and one content word is shared, or the sentence speaks of "you"
    and at least three content words, half of all in it, come from the customer's last turns.
    """
    if not earlier.said:
        return
    for sentence in passage.sentences:
        shared = sentence.content & earlier.said
        if shared and (score := _score(passage.folded, sentence, len(shared))):
            words = sentence.own_words(shared)
            why = f"Says back the customer's {words}."
            yield Sign(
                kind="reflection", start=sentence.start, end=sentence.end, score=score, why=why
            )


def _score(folded: str, sentence: Sentence, shared: int) -> float:
    start, end = sentence.start, sentence.end
    if _FRAME.search(folded, start, min(end, start + 80)):
        return min(0.95, 0.65 + 0.1 * shared)
    if sentence.asks or shared < SHARED or shared < SHARE * len(sentence.content):
        return 0.0
    if not _YOU.search(folded, start, end) or _OURS.search(folded, start, end):
        return 0.0
    return min(0.8, 0.4 + 0.1 * shared)


def understanding_check(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `understanding-check` for "have I got that right?" and its kin."""
    for hit in passage.phrases("understanding"):
        yield sign("understanding-check", hit, 0.8, "Asks whether it is understood with")
