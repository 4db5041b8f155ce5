"""Names: their parts, how they compare, and whom a greeting addresses."""

from __future__ import annotations

import re
import unicodedata

from heard.listening.lexicon import bag

NAME = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*")
_GREETING = re.compile(
    r"(?:\A|\n)[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))[ ,]+"
    r"(?:(?:mr|mrs|ms|mx|miss|dr|prof)\.? )?(?P<name>[^\n,.!:–-]{1,40})",
    re.IGNORECASE,
)
_NOBODY = bag(
    "there all team everyone everybody customer sir madam again both folks colleagues friend "
    "friends "
    "valued and you"
)


def bare(name: str) -> str:
    """A name without case and accents, to compare by."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def parts(full: str) -> frozenset[str]:
    """The parts of a name of two letters and more, as `bare` gives them; none of an address."""
    if "@" in full:
        return frozenset()
    return frozenset(bare(part) for part in NAME.findall(full) if len(part) > 1)


def greeted(text: str) -> tuple[str, int, int] | None:
    """The name a letter greets by, with its offsets; None for "Hi there" and letters without."""
    match = _GREETING.search(text, 0, 400)
    if not match:
        return None
    found = [p for p in NAME.finditer(match["name"]) if p[0][0].isupper()]
    if not found or len(found) > 3 or any(bare(p[0]) in _NOBODY for p in found):
        return None
    at = match.start("name")
    return (
        match["name"][found[0].start() : found[-1].end()],
        at + found[0].start(),
        at + found[-1].end(),
    )
