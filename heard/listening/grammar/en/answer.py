"""The shape of answers in English, and the words that put one off."""

from __future__ import annotations

import re

from heard.listening.grammar import Answers

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
_BOTH = re.compile(r"\b(?:both|all (?:two|three|four|of (?:them|these|those))|to all)\b")
_ECHO = re.compile(r"(?:so )?you (?:also )?(?:asked|wrote|said|want|wanted|mentioned|told|need)\b")
_GOES_ON = re.compile(r"[,;:–—]| - | but | and ")
_WILL = re.compile(
    r"\b(?:i|we|our [a-z]+|the [a-z]+|[a-z]+)(?:'ll| will|'m going to|'re going to)\b|let me"
)
_FIND_OUT = re.compile(
    r"\b(?:check|look into|find out|ask|investigate|look at|see (?:if|whether|what|when)"
    r"|get back|come back|let you know|get in touch|be in touch|update you|keep you)\b"
)
_COMES_BACK = re.compile(
    r"(?:\A|\b(?:and|then|also|to|will) |'ll )(?:call|ring|phone|speak|write|e-?mail|reply|answer"
    r"|respond|confirm|tell|update|check|ask|find out|look (?:into|at)|investigate|explain"
    r"|go through|follow up)\b|\bback (?:to|with) you\b|\blet you know\b|\bin touch\b"
    r"|\bhear (?:back )?from\b|\bkeep you\b"
    r"|\b(?:an?|the|my|our|full|your) (?:answers?|reply|news|quote|prices?|update"
    r"|details|figures?|costs?)\b"
)
_WHEN = re.compile(r"\b(?:when|how (?:long|soon)|what (?:day|date|time))\b")
_AT_ONCE = ("attach", "include", "copy", "enclose", "add ", "let you know", "keep you", "make sure")

ANSWERS = Answers(
    shapes=_SHAPES,
    yes=_YES,
    done=_DONE,
    both=_BOTH,
    echo=_ECHO,
    goes_on=_GOES_ON,
    will=_WILL,
    find_out=_FIND_OUT,
    comes_back=_COMES_BACK,
    when=_WHEN,
    at_once=_AT_ONCE,
)
