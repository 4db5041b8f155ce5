"""Content words brought to a common stem, so that "delivered" and "delivery" meet.

A light suffix stripper rather than Porter's: it may only bring together what a reader would call
the same word, because a shared stem is shown to people as the reason for a mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from heard.listening import lexicon

_SUFFIX = re.compile(r"(?:'s|'|ations?|ings?|ers?|ery|eries|ed|ies|es|s|e|y|ly)\Z")
_SHORTEST = 3


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The stem of one folded word; accents are dropped."""
    plain = unicodedata.normalize("NFKD", word)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    cut = _SUFFIX.sub("", bare)
    while len(cut) > _SHORTEST and cut != (shorter := _SUFFIX.sub("", cut)):
        if len(shorter) < _SHORTEST:
            break
        cut = shorter
    if len(cut) < _SHORTEST:
        return bare
    return cut[:-1] if len(cut) > _SHORTEST and cut[-1] == cut[-2] else cut


def content(words: Iterable[str]) -> frozenset[str]:
    """The stems of the words that carry content: no function words, nothing under 3 letters."""
    empty = lexicon.words("stopwords")
    return frozenset(stem(w) for w in words if len(w) > 2 and w not in empty)
