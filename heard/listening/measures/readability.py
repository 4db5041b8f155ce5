"""Reading ease after Flesch, with syllables counted by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sized
from functools import lru_cache
from typing import Protocol

_VOWELS = re.compile(r"[aeiouyàâäáãåæéèêëíìîïóòôöõøúùûü]+")
# A final e is silent except after a consonant and l ("table"); -es and -ed add none as a rule.
_SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouydt]ed|[^aeiouyscxzgh]es)\Z")
# Two vowels that are spoken apart: "create", "science", "being", "previous".
_APART = re.compile(
    r"(?:[^cgst]i[aou](?!n\b)|eat(?:e|ing|ed|ion)\Z|creat|[^q]ui[tn]g|ea\Z|eing\Z|ying\Z|sci)"
)


class Words(Sized, Iterable[str], Protocol):
    """A collection of folded words."""


@lru_cache(maxsize=16_384)
def syllables(word: str) -> int:
    """Count the syllables of a folded English word; never less than 1."""
    groups = len(_VOWELS.findall(word))
    if groups > 1 and _SILENT.search(word):
        groups -= 1
    if groups > 1 or len(word) > 4:
        groups += len(_APART.findall(word))
    return max(1, groups)


def reading_ease(words: Words, sentences: int) -> float:
    """Flesch reading ease (Flesch 1948): 206.835 - 1.015 w/s - 84.6 syl/w.

    100 is very easy, 60 plain English, under 30 hard. No words give 100.
    """
    if not len(words) or sentences < 1:
        return 100.0
    spoken = sum(map(syllables, words))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * spoken / len(words)
