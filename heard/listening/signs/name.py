"""The customer addressed by name, and greetings that use another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from heard.listening import lexicon
from heard.listening.lexicon import bag
from heard.listening.passage import Passage
from heard.listening.types import Sign

if TYPE_CHECKING:
    from heard.listening.earlier import Earlier

_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*")
_GREETING = re.compile(
    r"(?:\A|\n)[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))[ ,]+"
    r"(?:(?:mr|mrs|ms|mx|miss|dr|prof)\.? )?(?P<name>[^\n,.!:–-]{1,40})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|mx|miss|dr|prof|hi|hello|hey|dear)\.?,? \Z", re.IGNORECASE)
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
    return frozenset(bare(part) for part in _NAME.findall(full) if len(part) > 1)


def name(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `name` where the colleague uses one of the customer's names.

    Names that are also words ("Will", "Mark") count only behind a greeting or a title.
    """
    text = passage.turn.text
    if not earlier.names or (text.isascii() and earlier.names.isdisjoint(passage.vocabulary)):
        return
    words = lexicon.words("names")
    for match in _NAME.finditer(text):
        if not match[0][0].isupper() or bare(match[0]) not in earlier.names:
            continue
        if bare(match[0]) in words and not _TITLE.search(
            text, max(0, match.start() - 12), match.start()
        ):
            continue
        why = f"Uses the customer's name, «{match[0]}»."
        yield Sign(kind="name", start=match.start(), end=match.end(), score=0.9, why=why)


def greeted(text: str) -> tuple[str, int, int] | None:
    """The name a letter greets by, with its offsets; None for "Hi there" and letters without."""
    match = _GREETING.search(text, 0, 400)
    if not match:
        return None
    found = [p for p in _NAME.finditer(match["name"]) if p[0][0].isupper()]
    if not found or len(found) > 3 or any(bare(p[0]) in _NOBODY for p in found):
        return None
    at = match.start("name")
    return (
        match["name"][found[0].start() : found[-1].end()],
        at + found[0].start(),
        at + found[-1].end(),
    )
