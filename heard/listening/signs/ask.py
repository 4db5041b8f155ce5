"""What the customer asks for: questions and requests, one for each thing asked.

A question mark is neither needed nor enough: "when will it ship" asks, "can you believe it?" does
not, and "please find attached" requests nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from heard.listening.lexicon import bag
from heard.listening.passage import Passage, Sentence, word_spans
from heard.listening.types import Sign

_LEAD = (
    r"(?:(?:and|but|so|or|ok|okay|well|also|just|now|then|first|firstly|second|secondly|finally"
    r"|lastly|hi|hello|hey"
    r"|thanks|please|again|anyway|[a-z]+ly)\b[,:]?\s+|\d{1,2}[.)] |[-*•] ){0,3}"
)
_SPLIT = re.compile(
    r"(?:,? (?:and|or|also|plus|but) (?:also |then |please |if so,? )*|; |: | - | – )"
    r"(?=(?:when|what|how|where|why|who|which|can|could|would|will|is|are|do|does|did|may|have"
    r"|should|tell me|let me know|send)\b)"
    r"|, (?=(?:can|could|would|will|is|are|do|does|please|may) )"
)
_AUX = (
    r"(?:can|could|would|will|do|does|did|is|are|was|were|have|has|had|should|shall|may|might"
    r"|isn't|aren't|won't"
    r"|can't|couldn't|don't|doesn't|didn't|haven't|hasn't)"
)
_SUBJECT = (
    r"(?:you|i|we|it|this|that|there|these|those|they|he|she|the|your|our|my|any|anyone|someone"
    r"|somebody|anybody|everything)"
)
_YES_NO = re.compile(rf"{_LEAD}{_AUX} {_SUBJECT}\b(?! not\b)")
_WH = re.compile(
    rf"{_LEAD}(?:(?:and |or )?(?:how|when|where|why|what|who|which)(?:'s| (?:many |much |long "
    rf"|often |soon |far |time |day |date |size )?(?:[a-z]+ )??{_AUX})\b)"
)
_REQUEST = re.compile(
    rf"{_LEAD}(?:(?:can|could|would|will) you(?: please| kindly| also| possibly)*\b"
    r"|(?:i|we)(?:'d| would) (?:really |also )?(?:like|appreciate"
    r"|love)\b(?: you)?(?! to \b(?!(?:know|order|return|cancel"
    r"|change|book|exchange|speak|talk|see|have|get|receive|hear|understand|buy|pay|request"
    r"|arrange|claim|renew|find|send|swap|use|keep|pick|collect|be)\b))"
    r"|(?:i|we)(?:'d| would)? (?:want|need|expect|require) (?:you|somebody|someone) to\b"
    r"|(?:i|we) (?:want|demand|request) (?:a|an|my|our|the|to (?:cancel|return|know|order|change"
    r"|exchange|speak|talk|see))\b"
    r"|(?:i|we)(?:'m| am|'re| are) (?:asking|requesting|hoping) (?:for|you|to|that)\b"
    r"|(?:i|we) (?:was|were|am|are)?\s?(?:just )?wonder(?:ing|ed)? (?:if|whether|when|what|how"
    r"|why|where)\b"
    r"|(?:i|we) (?:would like|want|need) to (?:know|find out"
    r"|ask (?:if|whether|when|what|how|why|where|about|for|you))\b"
    r"|(?:i|we)(?:'d| would) be (?:very |most |so |really )?(?:grateful|glad|happy"
    r"|obliged) (?:if|for)\b"
    r"|would it be possible\b|is it possible\b|is there (?:any|a) (?:chance|way)\b|any (?:chance"
    r"|update|updates|news|idea|progress)\b"
    r"|(?:kindly|let me know|let us know|tell me|send me|give me|get me|call me|ring me|explain)\b)"
)
_PLEASE = re.compile(
    r"\bplease (?:also |just |kindly |could you |can you |do )?(?!(?:find|see|note|accept|excuse"
    r"|be|forgive|bear|don't worry"
    r"|do not|not|ignore|disregard|keep in mind|thank|rest|attached|feel free|believe|god|and|or"
    r"|as|for|with|if|to|the|thanks|hesitate|that|this|it|i|we)\b)(?P<verb>[a-z]+)"
)
# "Yes please, do that" takes up an offer of ours and asks for nothing of its own.
_ACCEPTS = re.compile(
    r"(?:(?:yes|yeah|yep|ok|okay|sure|great|perfect|lovely|fine|good)\b[,.!]? ?(?:then |thanks"
    r"|thank you)?[,.!]? ?)?(?:please(?:,? (?:do(?: (?:that|so|it|this))?|go ahead"
    r"(?: (?:with|and do) (?:that|it|this))?))?|do(?: (?:that|so|it|this))?,? please"
    r"|go ahead,? please)(?: then)?(?:,? (?:thanks|thank you))?[.!\s]*\Z"
)
_PLEASE_LAST = re.compile(r"\bplease(?: thanks| thank you)?[.!?\s]*\Z")
_INDIRECT = re.compile(
    r"\b(?:know|tell|confirm|wonder(?:ing|ed)?|ask|explain|advise|idea|check|say|sure|find out"
    r"|see|update me on)\b"
    r"(?: (?:me|us|please|about|on))* (?P<wh>when|where|why|who|which|what|how|if|whether)\b"
)
_NO_QUESTION = re.compile(
    rf"{_LEAD}(?:what(?:'s| is) (?:worse|more|funny|important)|which|who|what (?:i|we)\b"
    r"|what (?:is|was|are|were) [^?]{1,80} (?:is|was|are|were)\b)"
)
_KINDS = (
    (
        "how-much",
        re.compile(
            r"\bhow much\b|\bwhat (?:does|do|will|would|is|are) .{0,40}\b(?:cost|price|charge"
            r"|fee)\b|\bwhat(?:'s| is) the (?:price|cost|charge|fee)"
        ),
    ),
    ("how-many", re.compile(r"\bhow (?:many|often|far|big|old)\b|\bwhat size\b")),
    ("how-long", re.compile(r"\bhow (?:long|soon)\b")),
    ("when", re.compile(r"\b(?:when|what (?:time|day|date))\b")),
    ("where", re.compile(r"\bwhere\b")),
    ("why", re.compile(r"\b(?:why|how come)\b")),
    ("who", re.compile(r"\bwho\b")),
    ("how", re.compile(r"\bhow\b")),
    ("what", re.compile(r"\b(?:what|which)\b")),
)
_FIRST_KIND = re.compile(rf"{_LEAD}(?P<wh>how|when|where|why|what|who|which)\b")
# "Ok?" and "Hello?" wait for no answer; "When?" does.
_LONE = bag("when why where how who which")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked: offsets, what sort of answer it wants, its content stems."""

    start: int
    end: int
    wants: str
    stems: frozenset[str]
    score: float
    why: str


def ask(found: Iterable[Clause]) -> Iterator[Sign]:
    """Yield an `ask` sign for each thing asked that was found."""
    for clause in found:
        yield Sign(
            kind="ask", start=clause.start, end=clause.end, score=clause.score, why=clause.why
        )


def clauses(passage: Passage) -> Iterator[Clause]:
    """Yield each thing asked in a passage, in order."""
    settled = [h.start for h in passage.phrases("rhetorical")]
    for sentence in passage.sentences:
        if any(sentence.start <= at < sentence.end for at in settled):
            continue
        found = [
            c
            for start, end in _parts(passage, sentence)
            if (c := _clause(passage, sentence, start, end))
        ]
        if not found and sentence.asks and _enough(sentence):
            found = [
                _make(
                    passage,
                    sentence.start,
                    sentence.end,
                    "yes-no",
                    0.6,
                    "Ends with a question mark",
                )
            ]
        yield from found


def whole_ask(passage: Passage, sentence: Sentence, score: float, why: str) -> Clause:
    """A sentence that asks in no words the rules know."""
    folded, start, end = passage.folded, sentence.start, sentence.end
    wants = _kind(folded, start, end) if sentence.asks else "request"
    return Clause(start, end, wants, sentence.content, score, why)


def _enough(sentence: Sentence) -> bool:
    return len(sentence.words) > 1 or bool(_LONE & set(sentence.words))


def _parts(passage: Passage, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence that may each ask for something, of three words at least."""
    start = sentence.start
    for match in _SPLIT.finditer(passage.folded, sentence.start, sentence.end):
        if passage.folded.count(" ", start, match.start()) < 2:
            continue
        if passage.folded.count(" ", match.end(), sentence.end) < 2:
            continue
        yield start, match.start()
        start = match.end()
    yield start, sentence.end


def _clause(passage: Passage, sentence: Sentence, start: int, end: int) -> Clause | None:
    folded = passage.folded
    if _ACCEPTS.match(folded, start, end):
        return None
    indirect = _INDIRECT.search(folded, start, end)
    request = _REQUEST.match(folded, start, end)
    if request:
        wants = _kind(folded, indirect.start("wh"), end) if indirect else "request"
        return _make(passage, start, end, wants, 0.9, f"Asks with «{request[0].strip()}»")
    please = _PLEASE.search(folded, start, end)
    if please and please["verb"].isalpha():
        wants = _kind(folded, indirect.start("wh"), end) if indirect else "request"
        return _make(passage, start, end, wants, 0.85, f"Asks with «{please[0]}»")
    opening = _FIRST_KIND if sentence.asks else _WH
    question = opening.match(folded, start, end) or _YES_NO.match(folded, start, end)
    if question and (sentence.asks or _bare(folded, start, end)):
        score = 0.95 if sentence.asks else 0.7
        wants = _kind(folded, start, end)
        return _make(passage, start, end, wants, score, f"Asks with «{question[0].strip()}»")
    if _PLEASE_LAST.search(folded, max(start, end - 24), end) and end - start < 60:
        return _make(passage, start, end, "request", 0.7, "Asks with «please»")
    return None


def _bare(folded: str, start: int, end: int) -> bool:
    """May this be a question that lost its mark? "What is worse, …" and "which is why" are none."""
    return not _NO_QUESTION.match(folded, start, end)


def _kind(folded: str, start: int, end: int) -> str:
    """What sort of answer is wanted, from the first question word."""
    head = _FIRST_KIND.match(folded, start, end)
    if not head:
        return "yes-no"
    at = head.start("wh")
    for name, pattern in _KINDS:
        if pattern.match(folded, at, end):
            return name
    return "what"


def _make(passage: Passage, start: int, end: int, wants: str, score: float, why: str) -> Clause:
    sentence = passage.sentence_at(start)
    stems = zip(sentence.stems, word_spans(passage.folded, sentence), strict=True)
    inside = frozenset(stem for stem, (at, _) in stems if stem and start <= at < end)
    return Clause(start, end, wants, inside, score, f"{why}.")
