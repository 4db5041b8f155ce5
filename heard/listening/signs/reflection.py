"""Saying back what the customer said, and asking whether one has understood it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, Sentence, sign
from heard.listening.types import Sign

# Words that announce a saying back wherever they stand, and those that do so only at the start.
_FRAME = re.compile(
    r"\b(?:sorry to (?:hear|learn|read|see)|(?:it|that) (?:sounds|seems|looks) (?:like|as if"
    r"|as though)|sounds like|i(?:'m| am) hearing"
    r"|you (?:mentioned|said|told (?:me|us)|wrote|described|explained|asked (?:for|us|me|about|how"
    r"|what|when|why|whether|if))"
    r"|(?:i|we) (?:understand|see|gather|hear|note) (?:that )?(?:you|your|the|it)\b"
    r"|if i (?:understand|understood|read)|(?:to|let me) (?:sum up|summari[sz]e|recap|repeat)"
    r"|from (?:what you|your (?:message|mail|email|letter))"
    r"|your (?:concern|worry|question|request) (?:is|about))"
)
_OPENING = re.compile(
    r"(?:(?:ok|okay|right|yes|ah|and|then)[,.]? )?(?:so (?:you|your|the|it)\b"
    r"|you(?:'re| are) (?:saying|asking|looking|worried|concerned|after)"
    r"|you(?:'d| would) (?:like|prefer|rather)|you (?:say|need|want))"
)
_YOU = re.compile(r"\byou(?:'re|'ve|'d|r)?\b")
_OURS = re.compile(r"\b(?:i|we|my|our|us|me)\b|\d")
_IF = re.compile(r"(?:if|when|once|please)\b")
# Fewer shared words prove nothing without a phrase that announces the saying back.
SHARED, SHARE = 3, 0.5


# "So the second one came, is that right?": a statement, and a question mark.
_CHECK = re.compile(
    r"(?:(?:ok|okay|right|and|ah)[,.]? )?so\b[,:]? (?!(?:what|how|why|when|where|who|which|do|does"
    r"|did|is|are|was|were|have|has|can|could|would|will|should|shall|may|might|if|tell)\b)"
)


def checks(passage: Passage, sentence: Sentence) -> bool:
    """Whether a sentence asks if we have understood: no reflection, and no other question."""
    if not sentence.asks:
        return False
    if any(sentence.start <= h.start < sentence.end for h in passage.phrases("understanding")):
        return True
    return bool(_CHECK.match(passage.folded, sentence.start, sentence.end))


def reflection(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `reflection` where a statement says the customer's own content back to them.

    Either a phrase announces it and one content word is shared, or the sentence speaks of "you"
    and at least three content words, half of all in it, come from the customer's last turns.
    """
    if not earlier.said:
        return
    for sentence in passage.sentences:
        shared = sentence.content & earlier.said
        if not shared or checks(passage, sentence):
            continue
        if score := _score(passage.folded, sentence, len(shared)):
            words = sentence.own_words(shared)
            why = f"Says back the customer's {words}."
            yield Sign(
                kind="reflection", start=sentence.start, end=sentence.end, score=score, why=why
            )


def _score(folded: str, sentence: Sentence, shared: int) -> float:
    start, end = sentence.start, sentence.end
    if _OPENING.match(folded, start, end) or _FRAME.search(folded, start, min(end, start + 80)):
        return min(0.95, 0.65 + 0.1 * shared)
    if sentence.asks or shared < SHARED or shared < SHARE * len(sentence.content):
        return 0.0
    if _IF.match(folded, start, end) or not _YOU.search(folded, start, end):
        return 0.0
    if _OURS.search(folded, start, end):  # news of ours, or figures: an answer, not an echo
        return 0.0
    return min(0.8, 0.4 + 0.1 * shared)


def understanding_check(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `understanding-check` for "have I got that right?" and its kin."""
    for hit in passage.phrases("understanding"):
        yield sign("understanding-check", hit, 0.8, "Asks whether it is understood with")
    asked = {passage.sentence_at(hit.start).start for hit in passage.phrases("understanding")}
    for sentence in passage.sentences if "?" in passage.folded else ():
        if sentence.asks and sentence.start not in asked and checks(passage, sentence):
            why = f"Says it back and asks: «{' '.join(sentence.words[:4])} …?»."
            yield Sign(
                kind="understanding-check",
                start=sentence.start,
                end=sentence.end,
                score=0.75,
                why=why,
            )
