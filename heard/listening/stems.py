"""Content words brought to a common stem, so that "delivered" and "delivery" meet.

A light suffix stripper rather than Porter's: it may only bring together what a reader would call
the same word, because a shared stem is shown to people as the reason for a mark. Which suffixes,
the grammar of the language says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from heard.listening import grammar, lexicon

_SHORTEST = 3


@cache
def content(lang: str) -> Callable[[str], str]:
    """What gives the stem of a folded word that carries content, "" for function words."""
    empty, stem = lexicon.words("stopwords", lang), grammar.of(lang).stem

    @lru_cache(maxsize=16_384)
    def of(word: str) -> str:
        if len(word) < _SHORTEST or word in empty:
            return ""
        return stem(_bare(word))

    return of


def _bare(word: str) -> str:
    """A word without its accents."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c))
