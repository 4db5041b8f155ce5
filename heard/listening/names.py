"""Names: their parts, how they compare, and whom a greeting addresses."""

from __future__ import annotations

import re
import unicodedata

from heard.listening.grammar import Names

NAME = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*")


# "Frau Yilmaz" is not called «Frau», and «die Frau an der Kasse» is somebody else.
_TITLES = frozenset(
    {"mr", "mrs", "ms", "mx", "miss", "sir", "madam", "dr", "prof", "doctor", "professor"}
    | {"herr", "herrn", "frau", "fraulein", "fr", "hr", "doktor", "professorin"}
)


def bare(name: str) -> str:
    """A name without case and accents, to compare by."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def parts(full: str) -> frozenset[str]:
    """The parts of a name of two letters and more, as `bare` gives them; none of an address.

    Titles are no part of a name.
    """
    if "@" in full:
        return frozenset()
    return frozenset(bare(part) for part in NAME.findall(full) if len(part) > 1) - _TITLES


def greeted(text: str, words: Names) -> tuple[str, int, int] | None:
    """The name a letter greets by, with its offsets; None for "Hi there" and letters without."""
    match = words.greeting.search(text, 0, 400)
    if not match:
        return None
    found = [p for p in NAME.finditer(match["name"]) if p[0][0].isupper()]
    if not found or len(found) > 3 or any(bare(p[0]) in words.nobody for p in found):
        return None
    at = match.start("name")
    return (
        match["name"][found[0].start() : found[-1].end()],
        at + found[0].start(),
        at + found[-1].end(),
    )
