"""How hard a German text is to read.

The classes of function words are left out: "die" and "sie" stand in too many of them to compare
two people's styles by counting words.
"""

from __future__ import annotations

import re
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


EASE = Ease(
    base=180.0,
    per_length=1.0,
    per_syllable=58.5,
    syllables=syllables,
    unit="Flesch points",
    source="Flesch's formula for German (Amstad 1978), syllables by Heard's rule.",
    too_long=28,
)
