"""Promises of ours: who will do what, and by when.

A promise needs a first person (or a colleague) and something still to be done. "I'll be honest",
"we'll see", "I'll need your number" and "we won't be able" look like promises and are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from heard.listening import due as due_words
from heard.listening import lexicon
from heard.listening.due import Due
from heard.listening.lexicon import bag
from heard.listening.passage import Passage, Sentence, bare_words
from heard.listening.types import Commitment, Sign

_WILL = (
    r"(?:(?: will| shall|'ll)|(?:'m| am|'re| are)(?: personally| also| just| now)?"
    r" (?:going to|gonna)| promise to| commit to)"
)
_ADVERB = (
    r"(?: (?:also|then|now|personally|certainly|definitely|just|gladly|of course|make sure to"
    r"|be sure to|go ahead and|happily|immediately|quickly))*"
)
_OURSELVES = re.compile(
    rf"\b(?P<who>i|we){_WILL}{_ADVERB} (?P<weak>(?:try|aim|hope|do (?:my"
    rf"|our) best) to )?(?P<verb>[a-z][a-z-]*)\b"
)
_OTHERS = re.compile(
    r"\b(?P<who>(?:our|the|my|a|an) (?:[a-z]+ )?(?:team|colleagues?|engineer|technician|driver"
    r"|courier|warehouse|manager|workshop|department|specialist)"
    r"|(?:somebody|someone)(?: (?:from|in) (?:our|the) [a-z]+)?|[a-z]{2,15})(?: will|'ll)"
    rf"{_ADVERB} (?P<verb>[a-z][a-z-]*)\b"
)
# "I have asked the bank and will write": the first person stands before, or is left out.
_BARE = re.compile(rf"(?:\b(?:and|then) |\A)(?P<will>will){_ADVERB} (?P<verb>[a-z][a-z-]*)\b")
_FIRST = bag("i i'm i've i'll we we're we've we'll")
_LET_ME = re.compile(
    r"\b(?P<who>let me|let us) (?P<verb>[a-z]+)\b(?=[^.!?;]{0,120}\b(?:(?:get|come"
    r"|be) back to you|let you know))"
)
_BACK = re.compile(
    r"\byou(?:'ll| will| should| can expect to) (?P<verb>hear) (?:back )?from (?P<who>me|us)\b"
    r"|\b(?P<verb2>expect) (?:a |an |my |our )?(?:call|email|reply|answer|news|update|letter"
    r"|message) from (?P<who2>me|us)\b"
)
# These count only with a time: without one they describe rather than promise.
_GIVEN = re.compile(
    r"\b(?P<who>(?:your|the|a|an|this|that|it|they|everything|(?:the "
    r"|your )?[a-z]+ (?!it\b|they\b|this\b|that\b|everything\b)[a-z]+))"
    r"(?: will| should| shall|'ll) (?:then )?be (?:with you|on its way"
    r"|back with you|(?P<verb>[a-z]+(?:ed|sent|paid|done|built|put|made|ready)|sent|paid|done"
    r"|ready|made))\b"
    r"|\byou(?:'ll| will| should)(?: then)? (?P<verb2>receive|get|have)\b"
)
# These are under way or about to be: no time is needed.
_AT_IT = re.compile(
    r"\b(?P<who>i|we)(?:'m| am|'re| are)(?: now| just| also| personally)?"
    r" (?P<verb>(?:sending|posting|ringing|phoning|calling|e-?mailing|putting|staying|waiving"
    r"|coming|bringing|refunding|crediting|issuing|arranging|ordering|raising|moving|replacing|escalating|cancelling"
    r"|(?:getting|asking|giving|writing|booking|making) (?:you|her|him|them|the|your|a|an)))\b"
)
_ARRIVES = re.compile(
    r"(?:\b(?:will|should)|'ll) (?:all )?be (?:with you|back with you|ready|at (?:your|the)"
    r"|in (?:your|the|tomorrow's|today's)|on (?:your|its way))\b"
)
_DOING = re.compile(
    r"\b(?P<who>i|we)(?:'m| am|'re| are)(?: now| just)? (?P<verb>(?:send|ship+|post|call|arrang"
    r"|book|return|collect|deliver|refund|order|check|visit|pay|replac|dispatch)ing)\b"
)

_NO_PROMISE = bag(
    "need require not never be say admit assume wait hope miss remember always only probably "
    "love appreciate know believe think explain begin like want see guess suppose "
    "bet understand stand agree look-forward respectfully decline refuse struggle presume"
)
_BE = re.compile(
    r"be (?:in (?:touch|contact)|up (?:to|on|at|there|today|tomorrow|tonight)"
    r"|outside|at (?:your|the)|round|over|back in touch|back to you|calling|sending|arranging"
    r"|contacting|with you (?:at|by|on|tomorrow|before)|there|emailing|writing|checking"
    r"|looking|following|chasing|visiting|issuing|shipping)\b"
)
_HAVING = re.compile(r"have (?:to|been|had)\b")
_SEE = re.compile(r"see (?:what|if|whether|to it|that)\b")
_IDLE = re.compile(
    r"(?:leave (?:it|that|this|you|things|the rest)\b|start (?:by|with|from|off)\b"
    r"|let you (?:decide|choose|go|enjoy|get on)|take (?:this opportunity|your word|that as)"
    r"|keep (?:this|it) (?:short|brief)|give (?:it|that) (?:some )?thought"
    r"|get (?:straight )?to the point|make (?:this|it) (?:short|quick|brief)|be (?:honest|frank"
    r"|brief|clear))\b"
)
_CONDITION = re.compile(
    r"(?<!check )(?<!see )(?<!out )(?<!ask )(?<!know )(?<!confirm )(?<!you )(?<!tell )\b(?:if"
    r"|unless|once (?:you|your|i have your|we have your)|when you|as soon as (?:you|your)"
    r"|provided)\b"
)
# "I'll ring you at nine, and if nobody answers I'll write": the second promise hangs, no other.
_STOP = re.compile(
    r"; |,? but |,? and (?=if |unless |once |when |should )|,? because "
    r"|, so (?:that )?you|, (?:which|who|please) |\b(?:and|,) (?:could|can"
    r"|would|will) you\b| – | - |\s*\((?!by|before|on)|:\s"
)
_NEW_CLAUSE = re.compile(r"\b(?:and|but|so)\b|[;:]")
_OPENS = re.compile(r"(?:\A|[,;:.!?] |\b(?:and|but|so|then) )\Z")
# A time before the subject stands at most this many characters before it.
_LEAD = 50
_PRONOUNS = bag("it this that you they who which there i we what")
_SOMEBODY = bag("he she")
_PERSONS = _SOMEBODY | bag("someone somebody")
_THINGS_DO = bag(
    "apply cost cover get give go include keep let make open prove require show start stop submit "
    "take work"
)
_EDGE = " ,.!…–-"
# Words that name no thing: with one verb beside them they make no title.
_EMPTY = bag(
    "i you it we they he she me us him her them this that these those one ones some both all "
    "you'll it'll they'll i'll we'll will shall should be the a an my your our then so also now "
    "and to for from with at by on in out off up over back again away along"
)
_TAIL = re.compile(r"(?:[\s,;:–-]|\band|\bso|\bthen|\balso)+\Z")


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that open a promise: who, the offset of what is promised, how sure, and why."""

    start: int
    what: int
    who: str
    score: float
    needs_due: bool
    why: str


def commitment(promised: Iterable[Commitment]) -> Iterator[Sign]:
    """Yield a `commitment` sign for each promise that was found."""
    for promise in promised:
        place = promise.place
        yield Sign(
            kind="commitment",
            start=place.start,
            end=place.end,
            score=promise.score,
            why=promise.why,
        )


def promises(passage: Passage) -> Iterator[Commitment]:
    """Yield each promise in a passage, with its due time where one is named.

    A promise that hangs on a condition ("if you send the photo, …") has a score under 0.6.
    """
    if not passage.vocabulary & _TRIGGERS:
        return
    for sentence in passage.sentences:
        if not sentence.asks and _TRIGGERS.intersection(sentence.words):
            yield from _in_sentence(passage, sentence)


def whole_promise(passage: Passage, sentence: Sentence, score: float, why: str) -> Commitment:
    """A sentence that promises in no words the rules know."""
    turn, start = passage.turn, sentence.start
    due = due_words.find(passage.folded, start, sentence.end, turn.at, turn.zone)
    text = passage.quote(start, sentence.end).rstrip(".!… ")
    return Commitment(
        place=passage.place(start, start + len(turn.text[start : sentence.end].rstrip(".!… "))),
        text=text,
        what=text,
        who=turn.name or "us",
        due=due.at if due else None,
        score=score,
        why=why,
        when=passage.quote(due.start, due.end) if due else "",
    )


def _in_sentence(passage: Passage, sentence: Sentence) -> Iterator[Commitment]:
    cues = _cues(passage, sentence)
    for number, cue in enumerate(cues):
        end = cues[number + 1].start if number + 1 < len(cues) else sentence.end
        stop = _STOP.search(passage.folded, cue.what, end)
        end = stop.start() if stop else end
        tail = _TAIL.search(passage.folded, max(cue.what, end - 12), end)
        end = tail.start() if tail else end
        if end > cue.what:
            yield from _promise(passage, sentence, cue, end)


def _promise(passage: Passage, sentence: Sentence, cue: _Cue, end: int) -> Iterator[Commitment]:
    turn = passage.turn
    due = due_words.find(passage.folded, cue.start, end, turn.at, turn.zone)
    due = due or _before(passage, sentence, cue)
    if cue.needs_due and due is None:
        return
    condition = _CONDITION.search(passage.folded, sentence.start, end)
    text = passage.quote(cue.start, end).rstrip(".!… ")
    yield Commitment(
        place=passage.place(cue.start, cue.start + len(turn.text[cue.start : end].rstrip(".!… "))),
        text=text,
        what=_what(passage, cue, due, end),
        who=cue.who,
        due=due.at if due else None,
        score=min(cue.score, 0.55) if condition else cue.score,
        why=_why(passage, cue, due, condition),
        when=passage.quote(due.start, due.end) if due else "",
    )


def _before(passage: Passage, sentence: Sentence, cue: _Cue) -> Due | None:
    """A time that opens the clause: "By Friday I will …", but not "It left today, and I will …"."""
    folded, turn = passage.folded, passage.turn
    start = max(sentence.start, cue.start - _LEAD)
    due = due_words.find(folded, start, cue.start, turn.at, turn.zone)
    if due is None or _NEW_CLAUSE.search(folded, due.end, cue.start):
        return None
    return due if _OPENS.search(folded[sentence.start : due.start]) else None


def _why(passage: Passage, cue: _Cue, due: Due | None, condition: re.Match[str] | None) -> str:
    named = f"«{passage.quote(due.start, due.end)}»" if due else "names no time"
    hangs = f"; hangs on «{condition[0]}»" if condition else ""
    return f"{cue.why}; {'by when: ' if due else ''}{named}{hangs}."


def _what(passage: Passage, cue: _Cue, due: Due | None, end: int) -> str:
    """The thing promised, without the time at its end; with it where no thing is named."""
    whole = passage.quote(cue.what, end).strip(_EDGE)
    if due is None:
        return whole
    if cue.what < due.start and due.end >= end - 2:
        short = passage.quote(cue.what, due.start).strip(_EDGE)
        return whole if _bare(short) else short
    if due.end <= cue.start and _bare(whole):
        return passage.quote(due.start, end).strip(_EDGE)
    return whole


def _bare(said: str) -> bool:
    """Is this a verb without its thing, as "send" or "you will have it"?"""
    return sum(word not in _EMPTY for word in bare_words(said)) < 2


def _cues(passage: Passage, sentence: Sentence) -> list[_Cue]:
    """The openings of promises in a sentence in their order, none inside another."""
    found: dict[int, _Cue] = {}
    words = frozenset(sentence.words)
    for triggers, finder in _FINDERS:
        for cue in finder(passage, sentence) if words & triggers else ():
            if not any(abs(cue.start - other) < 6 for other in found):
                found[cue.start] = cue
    return [found[start] for start in sorted(found)]


def _ourselves(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    actions = lexicon.words("actions")
    for match in _OURSELVES.finditer(passage.folded, sentence.start, sentence.end):
        verb, at = match["verb"], match.start("verb")
        if _idle(passage.folded, verb, at):
            continue
        score = 0.9 if verb in actions else 0.75
        score = 0.6 if match["weak"] or verb == "see" else score
        why = f"First person and something to come: «{match[0]}»"
        yield _Cue(match.start(), at, _speaker(passage, match["who"]), score, False, why)


def _idle(folded: str, verb: str, at: int) -> bool:
    """Is this verb no act of service: being, needing, hoping, a figure of speech?"""
    if verb == "have":
        return _HAVING.match(folded, at) is not None
    if verb == "be":
        return not _BE.match(folded, at)
    if verb == "see":
        return not _SEE.match(folded, at)
    return verb in _NO_PROMISE or _IDLE.match(folded, at) is not None


def _speaker(passage: Passage, who: str) -> str:
    if who in ("i", "me", "let me"):
        return passage.turn.name or "I"
    return "we"


def _others(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    actions = lexicon.words("actions")
    for match in _OTHERS.finditer(passage.folded, sentence.start, sentence.end):
        who = passage.quote(*match.span("who"))
        named = " " in who or who.lower() in _PERSONS
        if match["verb"] not in actions or who.lower() in _PRONOUNS:
            continue
        # "Delivery will take …" opens with a capital too, and nobody is called Delivery.
        if not named and (not who[0].isupper() or match["verb"] in _THINGS_DO):
            continue
        why = f"Says what somebody of ours will do: «{match[0]}»"
        # "He" may be anybody's: marked, and not yet owed.
        score = 0.55 if who.lower() in _SOMEBODY else 0.7
        yield _Cue(match.start(), match.start("verb"), who, score, False, why)


def _left_out(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    text = passage.folded[sentence.start : sentence.end]
    for match in _BARE.finditer(text):
        verb, at = match["verb"], sentence.start + match.start("verb")
        before = [word for word in text[: match.start()].split() if word in _FIRST]
        if (
            (before or not match.start())
            and verb in lexicon.words("actions")
            and not _idle(passage.folded, verb, at)
        ):
            why = f"Something to come, and the first person before it or left out: «will {verb}»"
            who = _speaker(passage, before[-1].partition("'")[0] if before else "we")
            yield _Cue(sentence.start + match.start("will"), at, who, 0.7, False, why)


def _let_me(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    for match in _LET_ME.finditer(passage.folded, sentence.start, sentence.end):
        why = "Promises to come back with an answer"
        who = _speaker(passage, match["who"])
        yield _Cue(match.start(), match.start("verb"), who, 0.75, False, why)


def _back(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    for match in _BACK.finditer(passage.folded, sentence.start, sentence.end):
        who = "we" if (match["who"] or match["who2"]) == "us" else _speaker(passage, "me")
        why = f"Promises to be in touch: «{match[0]}»"
        yield _Cue(match.start(), match.start(), who, 0.75, False, why)


def _given(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    for match in _GIVEN.finditer(passage.folded, sentence.start, sentence.end):
        why = f"Says what the customer will have, and when: «{match[0]}»"
        yield _Cue(match.start(), match.start(), "we", 0.7, True, why)


def _arrives(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    for match in _ARRIVES.finditer(passage.folded, sentence.start, sentence.end):
        start = _clause(passage.folded, sentence.start, match.start())
        why = f"Says where something of ours will be, and when: «{match[0].lstrip(_EDGE)}»"
        yield _Cue(start, start, "we", 0.7, True, why)


def _clause(folded: str, start: int, at: int) -> int:
    """Where the clause around a place begins."""
    marks = list(_NEW_CLAUSE.finditer(folded, start, at))
    begins = max(folded.rfind(", ", start, at) + 2, marks[-1].end() if marks else start, start)
    return begins + (folded[begins] == " ")


def _at_it(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    for match in _AT_IT.finditer(passage.folded, sentence.start, sentence.end):
        why = f"Is about to do it: «{match[0]}»"
        who = _speaker(passage, match["who"])
        yield _Cue(match.start(), match.start("verb"), who, 0.65, False, why)


def _doing(passage: Passage, sentence: Sentence) -> Iterator[_Cue]:
    for match in _DOING.finditer(passage.folded, sentence.start, sentence.end):
        why = f"Is doing it, and says when: «{match[0]}»"
        who = _speaker(passage, match["who"])
        yield _Cue(match.start(), match.start("verb"), who, 0.7, True, why)


# Which words a sentence must hold for a finder to be worth its search, in order of precedence.
_FINDERS: tuple[tuple[frozenset[str], Callable[[Passage, Sentence], Iterator[_Cue]]], ...] = (
    (bag("will shall i'll we'll going gonna promise commit"), _ourselves),
    (bag("will"), _left_out),
    (bag("let"), _let_me),
    (bag("hear call email reply answer news update letter message"), _back),
    (bag("will he'll she'll"), _others),
    (bag("will shall should you'll it'll they'll everything'll"), _given),
    (bag("will should it'll they'll"), _arrives),
    (
        bag(
            "sending posting ringing phoning calling emailing e-mailing putting staying waiving "
            "coming bringing refunding crediting issuing arranging ordering raising moving "
            "replacing escalating cancelling getting asking giving writing booking making"
        ),
        _at_it,
    ),
    (
        bag(
            "sending shipping posting calling arranging booking returning collecting delivering "
            "refunding ordering checking visiting paying replacing dispatching"
        ),
        _doing,
    ),
)
_TRIGGERS = frozenset().union(*(triggers for triggers, _ in _FINDERS))
