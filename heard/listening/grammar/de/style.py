"""How hard a German text is to read.

The classes of function words are left out: "die" and "sie" stand in too many of them to compare
two people's styles by counting words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from heard.listening.grammar import Ease

# Two vowels are one syllable where they make a diphthong or a long vowel, as in "Haus" and "See".
_SYLLABLE = re.compile(
    r"aa|ee|oo|ie|ai|ei|ey|ay|au|äu|eu|oi|ae(?!u)|oe|(?<![aeq])ue|(?<=q)u|[aeiouyäöüàéèê]"
)


@lru_cache(maxsize=16_384)
def syllables(word: str) -> int:
    """Count the syllables of a folded German word; never less than 1."""
    return max(1, len(_SYLLABLE.findall(word)) - word.count("qu"))


def reading_ease(words: Sequence[str], sentences: int) -> float:
    """Flesch's reading ease as Amstad (1978) fitted it to German: 180 - w/s - 58.5 syl/w.

    100 is very easy, under 30 hard. No words give 100.
    """
    if not words or sentences < 1:
        return 100.0
    spoken = sum(map(syllables, words))
    return 180.0 - len(words) / sentences - 58.5 * spoken / len(words)


EASE = Ease(
    points=reading_ease,
    unit="Flesch points",
    source="Flesch's formula for German (Amstad 1978), syllables by Heard's rule.",
    too_long=28,
)
