"""Do the two sides speak alike? Language style matching, and the words that address a person.

Both count closed classes of function words. LIWC's lists are not free; these were written for
Heard from English grammars and hold the classes' common members.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from heard.listening.lexicon import bag
from heard.listening.passage import Passage
from heard.listening.types import Measure, Speaker

# Fewer words of a side than this say little about a style (Ireland and Pennebaker use 50).
STYLE_FROM = 50
# Fewer words of ours than this hold too few pronouns to count.
PERSONAL_FROM = 30

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
_CLASSES_OF = {
    word: tuple(at for at, members in enumerate(_CLASSES.values()) if word in members)
    for word in frozenset().union(*_CLASSES.values())
}
_I = bag("i i'm i've i'll i'd me my mine myself")
_YOU = bag("you you're you've you'll you'd your yours yourself yourselves")
_PERSONAL = _I | _YOU


def mirroring(passages: Sequence[Passage]) -> Iterator[Measure]:
    """How alike the two sides use function words, from 50 words of each side on."""
    ours, theirs = (Counter(words_of(passages, who)) for who in ("agent", "customer"))
    if min(ours.total(), theirs.total()) < STYLE_FROM:
        return
    yield Measure(
        name="language_mirroring",
        value=round(style_matching(ours, theirs), 4),
        unit="style match, 0 to 1",
        source="Language style matching over nine classes (Ireland and Pennebaker 2010).",
    )


def style_matching(ours: Counter[str], theirs: Counter[str]) -> float:
    """LSM: the mean over the classes of 1 - |p - q| / (p + q + 0.0001), p and q in percent."""
    pairs = zip(_in_percent(ours), _in_percent(theirs), strict=True)
    matched = [1 - abs(p - q) / (p + q + 0.0001) for p, q in pairs]
    return sum(matched) / len(matched)


def _in_percent(counts: Counter[str]) -> list[float]:
    """How much of what was said each class makes up."""
    found = [0] * len(_CLASSES)
    for word in counts.keys() & _CLASSES_OF.keys():
        for at in _CLASSES_OF[word]:
            found[at] += counts[word]
    total = counts.total()
    return [100 * count / total for count in found]


def personal(passages: Sequence[Passage]) -> Iterator[Measure]:
    """How personally the colleague speaks: "I" and "you" a hundred words, from 30 words on."""
    said = list(words_of(passages, "agent"))
    if len(said) >= PERSONAL_FROM:
        yield Measure(
            name="personal_words",
            value=round(100 * sum(word in _PERSONAL for word in said) / len(said), 1),
            unit="in 100 words",
            source='"I" and "you" in service replies, after Packard, Moore and McFerran (2018).',
        )


def words_of(passages: Iterable[Passage], who: Speaker) -> Iterator[str]:
    """The folded English words of one side."""
    for passage in passages:
        if passage.turn.speaker == who and english(passage):
            for sentence in passage.sentences:
                yield from sentence.words


def english(passage: Passage) -> bool:
    """Is this turn in English, as far as anybody said? The lists above know no other language."""
    return passage.read and passage.turn.lang.lower().partition("-")[0] in ("", "en")
