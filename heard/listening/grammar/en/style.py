"""The function words of English, and how hard its text is to read.

LIWC's lists are not free; the classes here were written for Heard from English grammars and hold
the classes' common members.
"""

from __future__ import annotations

import re
from functools import lru_cache

from heard.listening.grammar import Ease, Style
from heard.listening.lexicon import bag

_CLASSES = {
    "personal pronouns": bag(
        "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him"
        " his himself she her hers herself they them their theirs themselves i'm i've i'll i'd"
        " we're we've we'll we'd you're you've you'll you'd he's she's they're they've they'll"
    ),
    "impersonal pronouns": bag(
        "it its itself this that these those it's that's what which who whom whose anybody anyone"
        " anything everybody everyone everything nobody nothing somebody someone something other"
        " others another"
    ),
    "articles": bag("a an the"),
    "prepositions": bag(
        "about above across after against along among around at before behind below beside between"
        " by down during for from in inside into near of off on onto out over past per since"
        " through till to toward towards under until up upon via with within without"
    ),
    "auxiliary verbs": bag(
        "am is are was were be been being have has had having do does did can could will would"
        " shall should may might must ought i'm i've i'll i'd we're we've we'll we'd you're you've"
        " you'll you'd it's that's isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't"
        " didn't can't couldn't won't wouldn't shouldn't"
    ),
    "adverbs": bag(
        "again almost already also always anyway away back else ever finally here however just"
        " later maybe never now often only perhaps please quite rather really so soon still then"
        " there today together too usually very well when where why how yet"
    ),
    "conjunctions": bag(
        "and but or nor so because although though while whereas unless if whether as than when"
    ),
    "negations": bag(
        "no not never none nothing nobody neither nor cannot isn't aren't wasn't weren't haven't"
        " hasn't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't"
    ),
    "quantifiers": bag(
        "all any both each enough every few fewer less lot lots many more most much several some"
    ),
}
_I = bag("i i'm i've i'll i'd me my mine myself")
_YOU = bag("you you're you've you'll you'd your yours yourself yourselves")
_VOWELS = re.compile(r"[aeiouyàâäáãåæéèêëíìîïóòôöõøúùûü]+")
# A final e is silent except after a consonant and l ("table"); -es and -ed add none as a rule.
_SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouydt]ed|[^aeiouyscxzgh]es)\Z")
# Two vowels that are spoken apart: "create", "science", "being", "previous".
_APART = re.compile(
    r"(?:[^cgst]i[aou](?!n\b)|eat(?:e|ing|ed|ion)\Z|creat|[^q]ui[tn]g|ea\Z|eing\Z|ying\Z|sci)"
)


@lru_cache(maxsize=16_384)
def syllables(word: str) -> int:
    """Count the syllables of a folded English word; never less than 1."""
    groups = len(_VOWELS.findall(word))
    if groups > 1 and _SILENT.search(word):
        groups -= 1
    if groups > 1 or len(word) > 4:
        groups += len(_APART.findall(word))
    return max(1, groups)


STYLE = Style(classes=_CLASSES, personal=_I | _YOU)
EASE = Ease(
    base=206.835,
    per_length=1.015,
    per_syllable=84.6,
    syllables=syllables,
    unit="Flesch points",
    source="Flesch (1948), syllables by Heard's rule; 60 and more is plain English.",
    too_long=30,
)
