"""Promises in English: "I'll send", "you will hear from us", "it should be with you by Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from heard.listening import lexicon
from heard.listening.grammar import Cue, Promises
from heard.listening.lexicon import bag

if TYPE_CHECKING:
    from heard.listening.passage import Passage, Sentence

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
    r"; |,? but |,? and (?=if |unless |once |when |should |(?:i|we)(?:'ve| have) )|,? because "
    r"|, so (?:that )?you|, (?:which|who|please) |\b(?:and|,) (?:could|can"
    r"|would|will) you\b| – | - |\s*\((?!by|before|on)|:\s"
)
_NEW_CLAUSE = re.compile(r"\b(?:and|but|so)\b|[;:]")
_OPENS = re.compile(r"(?:\A|[,;:.!?] |\b(?:and|but|so|then) )\Z")
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


def _ourselves(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    actions = lexicon.words("actions")
    for match in _OURSELVES.finditer(passage.folded, sentence.start, sentence.end):
        verb, at = match["verb"], match.start("verb")
        if _idle(passage.folded, verb, at):
            continue
        score = 0.9 if verb in actions else 0.75
        score = 0.6 if match["weak"] or verb == "see" else score
        why = f"First person and something to come: «{match[0]}»"
        yield Cue(match.start(), at, _speaker(passage, match["who"]), score, False, why)


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


def _others(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
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
        yield Cue(match.start(), match.start("verb"), who, score, False, why)


def _left_out(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
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
            yield Cue(sentence.start + match.start("will"), at, who, 0.7, False, why)


def _let_me(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _LET_ME.finditer(passage.folded, sentence.start, sentence.end):
        why = "Promises to come back with an answer"
        who = _speaker(passage, match["who"])
        yield Cue(match.start(), match.start("verb"), who, 0.75, False, why)


def _back(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _BACK.finditer(passage.folded, sentence.start, sentence.end):
        who = "we" if (match["who"] or match["who2"]) == "us" else _speaker(passage, "me")
        why = f"Promises to be in touch: «{match[0]}»"
        yield Cue(match.start(), match.start(), who, 0.75, False, why)


def _given(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _GIVEN.finditer(passage.folded, sentence.start, sentence.end):
        why = f"Says what the customer will have, and when: «{match[0]}»"
        yield Cue(match.start(), match.start(), "we", 0.7, True, why)


def _arrives(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _ARRIVES.finditer(passage.folded, sentence.start, sentence.end):
        start = _clause(passage.folded, sentence.start, match.start())
        why = f"Says where something of ours will be, and when: «{match[0].lstrip(_EDGE)}»"
        yield Cue(start, start, "we", 0.7, True, why)


def _clause(folded: str, start: int, at: int) -> int:
    """Where the clause around a place begins."""
    marks = list(_NEW_CLAUSE.finditer(folded, start, at))
    begins = max(folded.rfind(", ", start, at) + 2, marks[-1].end() if marks else start, start)
    return begins + (folded[begins] == " ")


def _at_it(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _AT_IT.finditer(passage.folded, sentence.start, sentence.end):
        why = f"Is about to do it: «{match[0]}»"
        who = _speaker(passage, match["who"])
        yield Cue(match.start(), match.start("verb"), who, 0.65, False, why)


def _doing(passage: Passage, sentence: Sentence) -> Iterator[Cue]:
    for match in _DOING.finditer(passage.folded, sentence.start, sentence.end):
        why = f"Is doing it, and says when: «{match[0]}»"
        who = _speaker(passage, match["who"])
        yield Cue(match.start(), match.start("verb"), who, 0.7, True, why)


# Which words a sentence must hold for a finder to be worth its search, in order of precedence.
_FINDERS = (
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
PROMISES = Promises(
    finders=_FINDERS,
    stop=_STOP,
    tail=_TAIL,
    condition=_CONDITION,
    clause=_NEW_CLAUSE,
    opens=_OPENS,
    empty=_EMPTY,
)
