"""Questions that a colleague asks: open, closed, or clarifying what the customer said.

Open questions invite an account (what, how, why, "tell me about"); closed ones are answered by a
yes, a no or one fact. The split follows the counselling literature (MITI 4.2.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.grammar import Questions
from heard.listening.passage import Passage, Sentence
from heard.listening.signs.reflection import SHARE, checks
from heard.listening.types import Sign


def question(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `question.open` or `question.closed`, or `question.clarifying` instead.

    A question made of the customer's own words is marked as both. A courtesy in the shape of a
    question ("how are you?") is none, nor is one that only checks what was understood.
    """
    words = passage.grammar.questions
    for sentence in passage.sentences:
        found = _sort(words, passage.folded, sentence)
        if not found or checks(passage, sentence):
            continue
        kind, why, score = found
        meaning = words.meaning.search(passage.folded, sentence.start, sentence.end)
        shared = sentence.content & earlier.said
        if meaning:
            why = f"Asks what was meant with «{meaning[0]}»."
            yield _sign("question.clarifying", sentence, 0.85, why)
            continue
        yield _sign(kind, sentence, score, why)
        if len(shared) > 1 and len(shared) >= SHARE * len(sentence.content):
            why = f"Asks about the customer's {sentence.own_words(shared)}."
            yield _sign("question.clarifying", sentence, 0.7, why)


def _sign(kind: str, sentence: Sentence, score: float, why: str) -> Sign:
    return Sign(kind=kind, start=sentence.start, end=sentence.end, score=score, why=why)


def _sort(words: Questions, folded: str, sentence: Sentence) -> tuple[str, str, float] | None:
    start, end = sentence.start, sentence.end
    lead = words.lead.match(folded, start, end)
    head = lead.end() if lead else start
    inviting = not words.invites.isdisjoint(sentence.words)
    invite = words.invite.search(folded, start, end) if inviting else None
    if invite and (sentence.asks or invite.start() == head):
        return "question.open", f"Invites an account with «{invite[0]}».", 0.85
    if demand := words.demand.match(folded, head, end):
        return "question.closed", f"Asks for one fact with «{demand[0]}».", 0.75
    if not sentence.asks or words.formula.search(folded, start, end) or not sentence.words:
        return None
    closed = words.closed.match(folded, head, end)
    if closed:
        return "question.closed", f"A yes or no answers «{closed[0]} …?».", 0.9
    wh = words.wh.search(folded, head, end)
    if not wh:
        return "question.closed", "Ends with a question mark and has no question word.", 0.7
    narrow = words.narrow.match(folded, wh.start(), end)
    if narrow or wh[0] in words.facts:
        said = narrow[0] if narrow else wh[0]
        return "question.closed", f"One fact answers «{said} …?».", 0.8
    return "question.open", f"Asks with «{wh[0]}».", 0.85
