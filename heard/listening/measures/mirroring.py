"""Do the two sides speak alike? Language style matching, and the words that address a person.

Both count closed classes of function words, which the grammar of a language holds; of a language
that has none, nothing is measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from heard.listening import grammar
from heard.listening.grammar import Style
from heard.listening.passage import Passage
from heard.listening.types import Measure, Speaker

# Fewer words of a side than this say little about a style (Ireland and Pennebaker use 50).
STYLE_FROM = 50
# Fewer words of ours than this hold too few pronouns to count.
PERSONAL_FROM = 30


def mirroring(passages: Sequence[Passage]) -> Iterator[Measure]:
    """How alike the two sides use function words, from 50 words of each side on."""
    lang = spoken(passages)
    ours, theirs = (Counter(words_of(passages, who, lang)) for who in ("agent", "customer"))
    style = grammar.of(lang).style
    if style is None or min(ours.total(), theirs.total()) < STYLE_FROM:
        return
    yield Measure(
        name="language_mirroring",
        value=round(style_matching(ours, theirs, style), 4),
        unit="style match, 0 to 1",
        source="Language style matching over nine classes (Ireland and Pennebaker 2010).",
    )


def style_matching(ours: Counter[str], theirs: Counter[str], style: Style) -> float:
    """LSM: the mean over the classes of 1 - |p - q| / (p + q + 0.0001), p and q in percent."""
    pairs = zip(_in_percent(ours, style), _in_percent(theirs, style), strict=True)
    matched = [1 - abs(p - q) / (p + q + 0.0001) for p, q in pairs]
    return sum(matched) / len(matched)


def _in_percent(counts: Counter[str], style: Style) -> list[float]:
    """How much of what was said each class makes up."""
    total, found, classes = counts.total(), [0] * len(style.classes), style.classes_of
    for word in counts.keys() & classes.keys():
        for at in classes[word]:
            found[at] += counts[word]
    return [100 * count / total for count in found]


def personal(passages: Sequence[Passage]) -> Iterator[Measure]:
    """How personally the colleague speaks: "I" and "you" a hundred words, from 30 words on."""
    lang = spoken(passages)
    said, style = list(words_of(passages, "agent", lang)), grammar.of(lang).style
    if style and len(said) >= PERSONAL_FROM:
        yield Measure(
            name="personal_words",
            value=round(100 * sum(word in style.personal for word in said) / len(said), 1),
            unit="in 100 words",
            source='"I" and "you" in service replies, after Packard, Moore and McFerran (2018).',
        )


def words_of(passages: Iterable[Passage], who: Speaker, lang: str) -> Iterator[str]:
    """The folded words of one side in one language."""
    for passage in passages:
        if passage.turn.speaker == who and passage.lang == lang:
            for sentence in passage.sentences:
                yield from sentence.words


def spoken(passages: Iterable[Passage]) -> str:
    """The language in which the colleague speaks, the one of most turns where there are several."""
    ours = Counter(p.lang for p in passages if p.turn.speaker == "agent" and p.read)
    return ours.most_common(1)[0][0] if ours else "en"
