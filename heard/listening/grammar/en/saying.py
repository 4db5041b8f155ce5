"""English in short: stems, names, saying back, feelings, lectures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from heard.listening.grammar import Echoes, Feelings, Names
from heard.listening.lexicon import bag

if TYPE_CHECKING:
    from heard.listening.passage import Sentence

_SUFFIX = re.compile(r"(?:'s|'|ations?|ings?|ers?|ery|eries|ed|ies|es|s|e|y|ly)\Z")
_SHORTEST = 3


def stem(bare: str) -> str:
    """The stem of a folded word without accents."""
    cut = _SUFFIX.sub("", bare)
    while len(cut) > _SHORTEST and cut != (shorter := _SUFFIX.sub("", cut)):
        if len(shorter) < _SHORTEST:
            break
        cut = shorter
    if len(cut) < _SHORTEST:
        return bare
    return cut[:-1] if len(cut) > _SHORTEST and cut[-1] == cut[-2] else cut


NAMES = Names(
    greeting=re.compile(
        r"(?:\A|\n)[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))[ ,]+"
        r"(?:(?:mr|mrs|ms|mx|miss|dr|prof)\.? )?(?P<name>[^\n,.!:–-]{1,40})",
        re.IGNORECASE,
    ),
    nobody=bag(
        "there all team everyone everybody customer sir madam again both folks colleagues friend "
        "friends "
        "valued and you"
    ),
    title=re.compile(r"\b(?:mr|mrs|ms|mx|miss|dr|prof|hi|hello|hey|dear)\.?,? \Z", re.IGNORECASE),
)

# Words that announce a saying back wherever they stand, and those that do so only at the start.
_FRAME = re.compile(
    r"\b(?:sorry to (?:hear|learn|read|see)|(?:it|that) (?:sounds|seems|looks) (?:like|as if"
    r"|as though)|sounds like|i(?:'m| am) hearing"
    r"|you (?:mentioned|said|told (?:me|us)|wrote|described|explained|asked (?:for|us|me|about|how"
    r"|what|when|why|whether|if))"
    r"|(?:i|we) (?:understand|see|gather|hear|note) (?:that )?(?:you|your|the|it)\b"
    r"|if i (?:understand|understood|read)|(?:to|let me) (?:sum up|summari[sz]e|recap|repeat)"
    r"|from (?:what you|your (?:message|mail|email|letter))"
    r"|your (?:concern|worry|question|request) (?:is|about))"
)
_OPENING = re.compile(
    r"(?:(?:ok|okay|right|yes|ah|and|then)[,.]? )?(?:so (?:you|your|the|it)\b"
    r"|you(?:'re| are) (?:saying|asking|looking|worried|concerned|after)"
    r"|you(?:'d| would) (?:like|prefer|rather)|you (?:say|need|want))"
)
_YOU = re.compile(r"\byou(?:'re|'ve|'d|r)?\b")
_OURS = re.compile(r"\b(?:i|we|my|our|us|me)\b|\d")
_IF = re.compile(r"(?:if|when|once|please)\b")
# "So the second one came, is that right?": a statement, and a question mark.
_CHECK = re.compile(
    r"(?:(?:ok|okay|right|and|ah)[,.]? )?so\b[,:]? (?!(?:what|how|why|when|where|who|which|do|does"
    r"|did|is|are|was|were|have|has|can|could|would|will|should|shall|may|might|if|tell)\b)"
)
ECHOES = Echoes(frame=_FRAME, opening=_OPENING, you=_YOU, ours=_OURS, condition=_IF, check=_CHECK)

FEELINGS = Feelings(
    stronger=bag(
        "very really extremely so absolutely incredibly totally completely utterly deeply beyond"
    ),
    weaker=bag("bit little slightly somewhat rather"),
    denied=bag("not never no isn't wasn't aren't don't won't hardly without"),
    strongly=re.compile(
        r"\b(?:very|really|extremely|so|absolutely|incredibly|totally|completely|utterly|deeply"
        r"|beyond|furious|livid|outraged|terrified|desperate|devastated|thrilled|delighted)\b"
    ),
    weakly=re.compile(r"\b(?:a (?:bit|little)|slightly|somewhat|rather|kind of|sort of)\b"),
    question=re.compile(r"(?:is|are|was|were|does|do|did|can|could|will|would|has|have)\b"),
    supposed=re.compile(r"\b(?:if|in case|whether|unless|should it)\b"),
)

_DUTIES = bag("check ask contact follow include keep look quote read remember")
_OPENS = bag("please also and but so next time you should must")
_OCCASION = bag("before when while after if whenever first until safe safety")


def lectures(sentence: Sentence) -> int | None:
    """The position of the "always" in "Please always check the box", else None.

    "Always check the oil before you start" is advice on a tool and no lecture.
    """
    words = sentence.words
    if "always" not in words or sentence.asks or not _OCCASION.isdisjoint(words):
        return None
    at = words.index("always")
    opens = _OPENS.issuperset(words[:at])
    return at if opens and not _DUTIES.isdisjoint(words[at + 1 : at + 2]) else None
