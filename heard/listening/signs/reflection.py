"""Saying back what the customer said, and asking whether one has understood it."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.grammar import Echoes
from heard.listening.passage import Passage, Sentence, sign
from heard.listening.types import Sign

# Fewer shared words prove nothing without a phrase that announces the saying back.
SHARED, SHARE = 3, 0.5


def checks(passage: Passage, sentence: Sentence) -> bool:
    """Whether a sentence asks if we have understood: no reflection, and no other question."""
    if not sentence.asks:
        return False
    if any(sentence.start <= h.start < sentence.end for h in passage.phrases("understanding")):
        return True
    return bool(passage.grammar.echoes.check.match(passage.folded, sentence.start, sentence.end))


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
        if score := _score(passage.grammar.echoes, passage.folded, sentence, len(shared)):
            words = sentence.own_words(shared)
            why = f"Says back the customer's {words}."
            yield Sign(
                kind="reflection", start=sentence.start, end=sentence.end, score=score, why=why
            )


def _score(words: Echoes, folded: str, sentence: Sentence, shared: int) -> float:
    start, end = sentence.start, sentence.end
    opened = words.opening.match(folded, start, end)
    if opened or words.frame.search(folded, start, min(end, start + 80)):
        return min(0.95, 0.65 + 0.1 * shared)
    if sentence.asks or shared < SHARED or shared < SHARE * len(sentence.content):
        return 0.0
    if words.condition.match(folded, start, end) or not words.you.search(folded, start, end):
        return 0.0
    if words.ours.search(folded, start, end):  # news of ours, or figures: an answer, not an echo
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
