"""Was the question answered? Each ask of the customer's followed to its answer.

An answer is a statement in one of the colleague's next turns that shares the ask's content words
or has the shape the ask wants: a time for "when", an amount for "how much", a yes or no. "I will
find out" answers nothing yet; "I will send it today" answers a request to send.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heard.listening.lexicon import Hit
from heard.listening.passage import Passage, Sentence
from heard.listening.signs.ask import Clause, clauses
from heard.listening.signs.commitment import promises
from heard.listening.signs.question import own_words
from heard.listening.stems import content
from heard.listening.types import Ask, Link, Place

# How many of the colleague's later turns are searched, and how many sentences of each: enough for
# any real letter, and it keeps the cost linear in the conversation.
TURNS, SENTENCES = 4, 120
# How many earlier asks a new one is compared with.
EARLIER = 12
ENOUGH = 0.5

_TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|morning"
    r"|afternoon|evening|noon"
    r"|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)|\d{1,2}(?:st|nd|rd|th)\b|(?:this|next|last) (?:week"
    r"|month)|weeks?|days?|hours?|minutes?|months?"
    r"|january|february|march|april|june|july|august|september|october|november|december"
    r"|immediately|straight away|already)\b|\d{4}-\d\d-\d\d|\d{1,2}[:/.]\d{2}\b"
)
_AMOUNT = re.compile(
    r"[£$€¥]\s?\d|\b\d+(?:[.,]\d+)? ?(?:pounds?|euros?|dollars?|eur|gbp|usd|percent|%|p\b)"
    r"|\bfree(?: of charge)?\b|\bno (?:charge|extra|cost)\b|\d[.,]\d\d\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|none|every|each|daily"
    r"|weekly|monthly)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|on|under|behind|near|next to|inside|from|here|https?|tracking|label|page|_+)\b"
    r"|_{6,}"
)
_BECAUSE = re.compile(
    r"\b(?:because|due to|the reason|caused?|since|as (?:the|we|it|our)|owing to|this (?:is|was"
    r"|happens)|that (?:is|was|happens)|which (?:is|was) why|so that)\b"
)
_HOW = re.compile(
    r"\b(?:you (?:can|need|could|should|just|simply|may|must)|please|by [a-z]+ing|first|then"
    r"|go to|click|press|hold|turn|open|choose|select|use|take|put|remove|set|pull|push|unscrew"
    r"|follow|loosen|tighten)\b"
)
_YES = re.compile(
    r"(?:[^.!?]{0,40}, )?\b(?:yes|yep|yeah|no|of course|certainly|absolutely|sure|indeed"
    r"|unfortunately|i'm afraid|i am afraid|we do|we don't|we can|we can't|you can|you can't"
    r"|you may"
    r"|it (?:is|isn't|does|doesn't|will|won't|has|hasn't|can|can't)|they (?:are|aren't|do|don't"
    r"|will|have)|not yet|correct|that's (?:right|correct|fine)|that is (?:right|correct|fine)"
    r"|both|neither|definitely|happy to)\b"
)
_DONE = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have|'m| am|'re| are)? (?:now |just |already |also )?(?:attached|sent"
    r"|added|changed|updated|refunded|cancelled|canceled|booked|arranged|ordered|replaced"
    r"|corrected|checked"
    r"|asked|passed|credited|issued|removed|raised|shipped|dispatched|posted|emailed|sending"
    r"|attaching|done|reset|extended|moved|confirmed|enclosed|sorted|called|closed|amended|found"
    r"|put|made)"
    r"|(?:is|are|has been|have been|was|were) (?:now |already |also )?(?:attached|sent|changed"
    r"|updated|refunded|cancelled|booked|on (?:its|the|their) way|done|corrected|replaced"
    r"|removed|issued|enclosed|reset|extended|dispatched|shipped|credited)"
    r"|here (?:is|are|you)|you'll find|please find|attached (?:is|are|you)|done)\b"
)
_BOTH = re.compile(r"\b(?:both|all (?:two|three|four|of (?:them|these|those))|to all)\b")
_POLITE = ("thanks", "apology", "empathy", "reassurance")
_GOES_ON = re.compile(r"[,;:–—]| - | but | and ")
_WILL = re.compile(
    r"\b(?:i|we|our [a-z]+|the [a-z]+|[a-z]+)(?:'ll| will|'m going to|'re going to)\b"
)
_FIND_OUT = re.compile(
    r"\b(?:check|look into|find out|ask|investigate|look at|see (?:if|whether|what|when)"
    r"|get back|come back|let you know|get in touch|be in touch|update you|keep you)\b"
)
_SHAPES = {
    "when": _TIME,
    "how-long": _TIME,
    "how-much": _AMOUNT,
    "how-many": _NUMBER,
    "where": _PLACE,
    "why": _BECAUSE,
    "how": _HOW,
    "yes-no": _YES,
    "request": _DONE,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the colleague's that may answer, with its content stems."""

    passage: Passage
    sentence: Sentence
    stems: frozenset[str]
    promises: bool
    puts_off: bool


@dataclass(slots=True)
class Open:
    """An ask on its way through the conversation."""

    passage: Passage
    clause: Clause
    alone: bool
    state: str = "open"
    answer: Place | None = None
    score: float = 0.0
    why: str = ""


def follow(passages: Sequence[Passage]) -> tuple[list[Ask], list[Link]]:
    """Find every ask and what became of it.

    Returns the asks in order and the links: `answer` from ask to answer, `repeat` from a later
    ask back to the earlier one that it repeats.
    """
    asked: list[Open] = []
    links: list[Link] = []
    prepared: dict[int, list[Candidate]] = {}
    for position, passage in enumerate(passages):
        if passage.turn.speaker == "agent":
            continue
        _settle(passage, asked)
        found = list(clauses(passage))
        fresh = [Open(passage, clause, alone=len(found) == 1) for clause in found]
        for ask in fresh:
            links.extend(_repeats(ask, asked[-EARLIER:]))
        candidates = list(_candidates(passages, position + 1, prepared)) if fresh else []
        for ask in fresh:
            _answer(ask, candidates)
        asked.extend(fresh)
    for ask in asked:
        if ask.answer and ask.answer.turn != ask.passage.index:
            links.append(_answer_link(ask))
    return [_ask(a) for a in asked], links


def _ask(ask: Open) -> Ask:
    clause = ask.clause
    state = "repeated" if ask.state == "repeated" else "answered" if ask.answer else "open"
    return Ask(
        place=ask.passage.place(clause.start, clause.end),
        text=ask.passage.quote(clause.start, clause.end),
        state="repeated" if state == "repeated" else "answered" if state == "answered" else "open",
        answered_by=ask.answer,
        score=clause.score,
        why=ask.why or "Nothing in the replies after it takes it up.",
    )


def _answer_link(ask: Open) -> Link:
    place = ask.passage.place(ask.clause.start, ask.clause.end)
    if ask.answer is None:
        raise ValueError("An ask without an answer has no link.")
    return Link(kind="answer", source=place, target=ask.answer, score=ask.score, why=ask.why)


def _settle(passage: Passage, asked: list[Open]) -> None:
    """Close what is open when the customer says that it is settled."""
    hits = passage.phrases("settled")
    if not hits:
        return
    for ask in asked[-EARLIER:]:
        if ask.answer is None and ask.state == "open":
            ask.answer = passage.place(hits[0].start, hits[0].end)
            ask.score, ask.why = 0.7, f"The customer says it is settled: «{hits[0].phrase}»."


def _repeats(ask: Open, earlier: list[Open]) -> Iterator[Link]:
    """Tie an ask to the newest earlier one that wants the same and was not answered."""
    for other in reversed(earlier):
        shared = ask.clause.stems & other.clause.stems
        fewer = min(len(ask.clause.stems), len(other.clause.stems))
        again = bool(ask.passage.phrases("repeat"))
        enough = len(shared) >= 2 or (len(shared) == 1 and (fewer == 1 or again))
        if other.state == "repeated" or other.passage is ask.passage or not enough:
            continue
        if len(shared) < 0.6 * fewer or (other.answer and not again):
            continue
        other.state = "repeated"
        words = ", ".join(f"«{w}»" for w in _words(other, shared))
        other.why = f"Asked again later, with {words}."
        yield Link(
            kind="repeat",
            source=ask.passage.place(ask.clause.start, ask.clause.end),
            target=other.passage.place(other.clause.start, other.clause.end),
            score=min(0.95, 0.5 + 0.15 * len(shared)),
            why=f"Asks again about {words}.",
        )
        return


def _words(ask: Open, shared: frozenset[str]) -> list[str]:
    return own_words(ask.passage.sentence_at(ask.clause.start), shared)


def _candidates(
    passages: Sequence[Passage], position: int, prepared: dict[int, list[Candidate]]
) -> Iterator[Candidate]:
    """The statements of the colleague's next turns; each turn is prepared once."""
    turns = 0
    for at in range(position, min(len(passages), position + 4 * TURNS)):
        if passages[at].turn.speaker == "customer":
            continue
        turns += 1
        if turns > TURNS:
            return
        if at not in prepared:
            prepared[at] = list(_statements(passages[at]))
        yield from prepared[at]


def _statements(passage: Passage) -> Iterator[Candidate]:
    promised = [p.place.start for p in promises(passage)]
    polite = [h for name in _POLITE for h in passage.phrases(name)]
    for sentence in passage.sentences[:SENTENCES]:
        if sentence.asks or any(_only(passage, sentence, hit) for hit in polite):
            continue
        promising = any(sentence.start <= at < sentence.end for at in promised)
        yield Candidate(
            passage, sentence, content(sentence.words), promising, _puts_off(passage, sentence)
        )


def _only(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """Is this sentence nothing but thanks, an apology or a comfort?"""
    if not sentence.start <= hit.start < sentence.end or hit.first > 2:
        return False
    return not _GOES_ON.search(passage.folded, hit.end, sentence.end)


def _puts_off(passage: Passage, sentence: Sentence) -> bool:
    """Does this only say that an answer will come?"""
    span = (passage.folded, sentence.start, sentence.end)
    return bool(
        (_WILL.search(*span) or "let me" in passage.folded[slice(*span[1:])])
        and _FIND_OUT.search(*span)
    )


def _answer(ask: Open, candidates: list[Candidate]) -> None:
    best = 0.0
    for candidate in candidates:
        score, why = _fit(ask, candidate)
        if score > best:
            best = score
            sentence = candidate.sentence
            if score >= ENOUGH:
                ask.answer = candidate.passage.place(sentence.start, sentence.end)
                ask.score, ask.why = min(0.95, score), why
        if best > 0.9:
            return


def _fit(ask: Open, candidate: Candidate) -> tuple[float, str]:
    """How well a sentence answers an ask, from 0 to 1, and why."""
    clause = ask.clause
    if candidate.puts_off and clause.wants != "request":
        return 0.0, ""
    shared = clause.stems & candidate.stems
    overlap = len(shared) / max(1, min(3, len(clause.stems)))
    shape = _shape(clause.wants, candidate)
    score = 0.55 * overlap + (_weight(ask, candidate) if shape else 0.0)
    if not shape and clause.wants in _STRICT:
        return 0.0, ""
    said = ", ".join(f"«{w}»" for w in own_words(candidate.sentence, shared))
    reasons = [f"takes up {said}"] * bool(said) + [f"gives {_GIVES[clause.wants]}"] * shape
    return score, f"The reply {' and '.join(reasons)}." if reasons else ""


def _weight(ask: Open, candidate: Candidate) -> float:
    """What the right shape counts for; the only thing asked needs no repeated word.

    "How do I reset it?" is answered by "Hold the red button", and "Yes to both" answers two.
    """
    loose = ask.clause.wants in ("what", "who")
    sentence = candidate.sentence
    both = _BOTH.search(candidate.passage.folded, sentence.start, sentence.end)
    if ask.alone or (both and ask.clause.wants in ("yes-no", "request")):
        return 0.5 if loose else 0.6
    return 0.2 if loose else 0.35


# Without a time, an amount or a deed these are not answered, however many words are shared.
_STRICT = frozenset({"when", "how-long", "how-much", "how-many", "request"})
_GIVES = {
    "when": "a time",
    "how-long": "a time",
    "how-much": "an amount",
    "how-many": "a number",
    "where": "a place",
    "why": "a reason",
    "how": "a way",
    "yes-no": "a yes or no",
    "request": "a deed done or promised",
    "what": "an answer",
    "who": "an answer",
}


def _shape(wants: str, candidate: Candidate) -> bool:
    """Has the sentence the shape that this sort of ask wants?"""
    span = (candidate.passage.folded, candidate.sentence.start, candidate.sentence.end)
    if wants == "request":
        return candidate.promises or bool(_DONE.search(*span) or _YES.match(*span))
    if wants in ("what", "who"):
        return len(candidate.stems) > 2
    if wants == "yes-no":
        return bool(_YES.match(*span))
    return bool(_SHAPES[wants].search(*span))
