"""Which language a turn is in. Those with rules are read; others are left out and said so.

The caller's tag decides. Else the commonest words tell, and a turn too short for them is in the
language of the conversation's other turns. Nothing is guessed: what is in no language with rules
is not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from heard.listening.lexicon import bag, written
from heard.listening.types import Speaker

# The commonest words of each language's prose. Those of the neighbours tell what is in neither:
# Dutch and Danish share many words with German and English.
_COMMON = {
    "en": bag(
        "the and you to of is it that this we are have i my your for not with was please can will "
        "be our on at me has but do if so from or an am as what when how would could thank thanks "
        "by all there just about been any still yes i'm it's i've"
    ),
    "de": written(
        bag(
            "der die das und ich sie ist nicht es wir ein eine zu den mit für auf dem sich auch ja "
            "habe haben hat noch nur wie was bei aus aber mir mich wenn dass von im so bitte kann "
            "können einen einer einem mein meine ihr ihre ihnen uns unser wird werden war sind bin "
            "schon jetzt dann doch kein keine nein danke oder am um nach über vom zum zur wo wann "
            "warum hier da du dir dich euch als alle sehr guten gibt nichts"
        ),
        "de",
    ),
    "other": bag(
        # Dutch
        "het een niet van ik je jij zijn voor dat de maar ook naar wij heb heeft geen bij wordt "
        # Danish, Norwegian, Swedish
        "og jeg det ikke til på en er af av att som för med har den vi mig kan inte och jag et "
        # French, Spanish, Italian, Portuguese
        "le la les des est et que je vous pour pas une du dans el los las es un una por con no se "
        "il che di non sono per della mi o os uma não com para seu "
        # Polish, Turkish
        "nie się na jest że do jak bir ve bu için ne mi değil"
    ),
}
OTHER = "other"
WITH_RULES = frozenset(_COMMON) - {OTHER}
# The encoder has learned from these alone.
WITH_ENCODER = frozenset({"en"})
# Fewer words than this prove nothing of a language without rules: "Merci", an order number.
_ENOUGH = 12
_SHARE = 0.12
# So many words of one language and of no other tell a short turn.
_TELLING = 2
_MOST = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """What tells of one turn: whose it is, the caller's tag, how many words, and which."""

    speaker: Speaker
    tag: str
    count: int
    vocabulary: frozenset[str]


def language_of(text: str) -> str | None:
    """The language with rules that a text's own words tell, "" for another, None for too few."""
    words = text.lower().split()
    told = _told(Heard("customer", "", len(words), frozenset(words)))
    return None if told is None else _with_rules(told)


def languages(turns: Sequence[Heard]) -> list[str]:
    """The language of each turn of one conversation, "" where it has no rules."""
    told = [_told(turn) for turn in turns]
    around = {speaker: _around(speaker, turns, told) for speaker in {t.speaker for t in turns}}
    return [
        _with_rules(around[turn.speaker] if lang is None else lang)
        for turn, lang in zip(turns, told, strict=True)
    ]


def _with_rules(lang: str) -> str:
    return lang if lang in WITH_RULES else ""


def _told(turn: Heard) -> str | None:
    """The language that the tag or the words of a turn tell; None for a short one."""
    if turn.tag:
        return turn.tag.lower().replace("_", "-").partition("-")[0]
    if _in_another_script(turn.vocabulary):
        return OTHER
    known = {lang: len(turn.vocabulary & words) for lang, words in _COMMON.items()}
    if turn.count < _ENOUGH:
        return _by_few(known)
    most = max(known, key=known.__getitem__)
    return most if known[most] >= _SHARE * min(len(turn.vocabulary), _MOST) else ""


def _in_another_script(vocabulary: frozenset[str]) -> bool:
    """Whether most letters are not Latin: Chinese, Arabic or Russian tell by one word."""
    letters = "".join(vocabulary)
    if letters.isascii():
        return False
    beyond = sum("\u0370" <= one < "\u1e00" or one >= "\u1f00" for one in letters)
    return 2 * beyond > len(letters)


def _by_few(known: dict[str, int]) -> str | None:
    """The language of a short turn whose words are of one with rules and of no other."""
    for lang in WITH_RULES:
        others = max(count for other, count in known.items() if other != lang)
        if known[lang] >= _TELLING and not others:
            return lang
    return None


def _around(speaker: Speaker, turns: Sequence[Heard], told: Sequence[str | None]) -> str:
    """The language that most of the speaker's other turns are in, else of the other side's.

    What the other side speaks says nothing of this one where it is no language with rules.
    """
    pairs = [(turn, lang) for turn, lang in zip(turns, told, strict=True) if lang]
    own = Counter(lang for turn, lang in pairs if turn.speaker == speaker)
    found = own or Counter(lang for _, lang in pairs if lang in WITH_RULES)
    return found.most_common(1)[0][0] if found else "en"
