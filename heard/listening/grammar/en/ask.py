"""How a customer asks in English."""

from __future__ import annotations

import re

from heard.listening.grammar import Asks
from heard.listening.lexicon import bag

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

ASKS = Asks(
    split=_SPLIT,
    request=_REQUEST,
    please=_PLEASE,
    please_last=_PLEASE_LAST,
    yes_no=_YES_NO,
    wh=_WH,
    first=_FIRST_KIND,
    no_question=_NO_QUESTION,
    indirect=_INDIRECT,
    kinds=_KINDS,
    accepts=_ACCEPTS,
    lone=_LONE,
)
