"""The shape of an answer: a time for "when", an amount for "how much", a yes or no, a deed."""

from __future__ import annotations

import re

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
    r"\b(?:(?:i|we)(?:'ve| have) (?:now |just |already |also )?"
    r"(?!(?:an?|no|not|the|to|two|been|never|had|your|our|my|some|any|it|one|to)\b)[a-z]+"
    r"|(?:i|we)(?:'m| am|'re| are)? (?:now |just |already |also )?(?:attached|sent|added|changed"
    r"|updated|refunded|cancelled|canceled|booked|arranged|ordered|replaced|corrected|checked"
    r"|asked|passed|credited|issued|removed|raised|shipped|dispatched|posted|emailed|sending"
    r"|attaching|done|reset|extended|moved|confirmed|enclosed|sorted|called|closed|amended|found"
    r"|put|made)"
    r"|(?:is|are|has been|have been|was|were) (?:now |already |also )?(?:[a-z]{2,}ed|sent"
    r"|on (?:its|the|their) way|done|reset|off|gone|in the post)"
    r"|here (?:is|are|you)|you'll find|please find|attached (?:is|are|you)|done"
    r"|(?:corrected|attached|cancelled|changed|added|removed|booked|confirmed) and)\b"
    r"|\A(?:attached|done|cancelled|confirmed|enclosed|booked)\b"
)
_SHAPES = {
    "when": _TIME,
    "how-long": _TIME,
    "how-much": _AMOUNT,
    "how-many": _NUMBER,
    "where": _PLACE,
    "why": _BECAUSE,
    "how": _HOW,
}
# Without a time, an amount or a deed these are not answered, however many words are shared.
STRICT = frozenset({"when", "how-long", "how-much", "how-many", "request"})
GIVES = {
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


def fits(wants: str, folded: str, start: int, end: int, content: int, promises: bool) -> bool:
    """Has a sentence the shape that this sort of ask wants?

    `wants` is a kind of `signs.ask`; `content` is how many content words the sentence has, and
    `promises` whether it holds a promise, which answers a request.
    """
    span = (folded, start, end)
    if wants == "request":
        return promises or bool(_DONE.search(*span) or _YES.match(*span))
    if wants in ("what", "who"):
        return content > 2
    if wants == "yes-no":
        return bool(_YES.match(*span))
    return bool(_SHAPES[wants].search(*span))
