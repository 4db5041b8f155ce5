"""Content words brought to a common stem, so that "delivered" and "delivery" meet.

A light suffix stripper rather than Porter's: it may only bring together what a reader would call
the same word, because a shared stem is shown to people as the reason for a mark.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from heard.listening import lexicon

_SUFFIX = re.compile(r"(?:'s|'|ations?|ings?|ers?|ery|eries|ed|ies|es|s|e|y|ly)\Z")
_SHORTEST = 3


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


@lru_cache(maxsize=16_384)
def content(word: str) -> str:
    """The stem of a folded word that carries content; "" for function words and short ones."""
    if len(word) < _SHORTEST or word in lexicon.words("stopwords"):
        return ""
    return stem(word)
