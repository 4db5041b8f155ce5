"""How a colleague asks in English."""

from __future__ import annotations

import re

from heard.listening.grammar import Questions
from heard.listening.lexicon import bag

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

QUESTIONS = Questions(
    lead=_LEAD,
    invite=_INVITE,
    invites=_INVITES,
    closed=_CLOSED,
    wh=_WH,
    facts=bag("which when where who whose"),
    narrow=_NARROW,
    formula=_FORMULA,
    meaning=_MEANING,
)
