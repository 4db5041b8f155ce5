"""Questions that a colleague asks: open, closed, or clarifying what the customer said.

Open questions invite an account (what, how, why, "tell me about"); closed ones are answered by a
yes, a no or one fact. The split follows the counselling literature (MITI 4.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.lexicon import bag
from heard.listening.passage import Passage, Sentence
from heard.listening.signs.reflection import SHARE, checks
from heard.listening.types import Sign

_LEAD = re.compile(
    r"(?:(?:and|but|so|ok|okay|well|also|just|now|then|first|firstly|finally|right|sure|great"
    r"|yes|no"
    r"|thanks|hi|hello|please|in that case|by the way)\b[,:]?\s+){1,4}"
)
_INVITE = re.compile(
    r"\b(?:tell (?:me|us) (?:a (?:bit|little) )?(?:more|about|what|how|why)"
    r"|(?:walk|talk|take) (?:me|us) through|say (?:a (?:bit|little) )?more|describe (?:what|how"
    r"|the|to)"
    r"|help (?:me|us) (?:to )?understand|explain (?:what|how|why|a (?:bit|little) more)"
    r"|give (?:me|us) (?:an idea|some idea|a sense|(?:a (?:bit|little) )?more)"
    r"|share (?:what|how|(?:a (?:bit|little) )?more)|let (?:me|us) know (?:what|how|why) (?:you"
    r"|it|that))\b"
)
_INVITES = bag("tell walk talk take say describe help explain give share let")
_CLOSED = re.compile(
    r"(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|shall|should|may|might"
    r"|isn't|aren't|don't|didn't|haven't|won't|wouldn't|couldn't)\s+"
    r"(?:you|i|we|it|this|that|there|these|those|they|he|she|the|your|our|any|anyone|one"
    r"|everything)\b"
)
_WH = re.compile(r"\b(?:what|how|why|which|when|where|who|whose)\b")
_NARROW = re.compile(
    r"how (?:many|much|long|often|old|far|soon|big|large|heavy|are you\b(?! (?:using|finding"
    r"|getting)))"
    r"|what (?:time|day|date|year|size|colou?r|model|make|version|type|brand|number|email"
    r"|address)\b"
    r"|what(?:'s| is| was| are) (?:the|your) (?:\w+ ){0,2}?(?:number|address|name|date|postcode"
    r"|reference"
    r"|e-?mail|phone|id|code|model|size|colou?r|time|amount|price|total|invoice|account|order)\b"
    r"|what(?:'s| is) (?:(?:she|he|it|they) called|(?:(?:her|his|its|your|the|their) )"
    r"(?:\w+ ){0,2}?(?:name|reg|reason|street|surname|birthday|age|budget))\b"
    r"|what (?:street|name|names|device|plan|room|table|flight)\b"
    r"|(?:how|what) about\b|why (?:not|don't)\b"
)
_FORMULA = re.compile(
    r"\b(?:how are you(?: doing| today| keeping)?\s*\?|how do you do\s*\?|may i\?"
    r"|is that (?:ok|okay|all right"
    r"|alright)\b)"
)
_MEANING = re.compile(
    r"\b(?:when (?:yo)?u (?:say|write|said|wrote|mention)|what do you mean"
    r"|as in\b|do you mean|did you mean|by that you mean|could you clarify)\b"
)


def question(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `question.open` or `question.closed`, or `question.clarifying` instead.

    A question made of the customer's own words is marked as both. A courtesy in the shape of a
    question ("how are you?") is none, nor is one that only checks what was understood.
    """
    for sentence in passage.sentences:
        found = _sort(passage.folded, sentence)
        if not found or checks(passage, sentence):
            continue
        kind, why, score = found
        meaning = _MEANING.search(passage.folded, sentence.start, sentence.end)
        shared = sentence.content & earlier.said
        if meaning:
            why = f"Asks what was meant with «{meaning[0]}»."
            yield _sign("question.clarifying", sentence, 0.85, why)
            continue
        yield _sign(kind, sentence, score, why)
        if len(shared) > 1 and len(shared) >= SHARE * len(sentence.content):
            words = sentence.own_words(shared)
            yield _sign("question.clarifying", sentence, 0.7, f"Asks about the customer's {words}.")


def _sign(kind: str, sentence: Sentence, score: float, why: str) -> Sign:
    return Sign(kind=kind, start=sentence.start, end=sentence.end, score=score, why=why)


def _sort(folded: str, sentence: Sentence) -> tuple[str, str, float] | None:
    start, end = sentence.start, sentence.end
    lead = _LEAD.match(folded, start, end)
    inviting = not _INVITES.isdisjoint(sentence.words)
    invite = _INVITE.search(folded, start, end) if inviting else None
    if invite and (sentence.asks or invite.start() == (lead.end() if lead else start)):
        return "question.open", f"Invites an account with «{invite[0]}».", 0.85
    if not sentence.asks or _FORMULA.search(folded, start, end) or not sentence.words:
        return None
    head = lead.end() if lead else start
    closed = _CLOSED.match(folded, head, end)
    if closed:
        return "question.closed", f"A yes or no answers «{closed[0]} …?».", 0.9
    wh = _WH.search(folded, head, end)
    if not wh:
        return "question.closed", "Ends with a question mark and has no question word.", 0.7
    narrow = _NARROW.match(folded, wh.start(), end)
    if narrow or wh[0] in ("which", "when", "where", "who", "whose"):
        words = narrow[0] if narrow else wh[0]
        return "question.closed", f"One fact answers «{words} …?».", 0.8
    return "question.open", f"Asks with «{wh[0]}».", 0.85
