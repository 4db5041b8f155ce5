"""The customer addressed by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.listening import lexicon
from heard.listening.earlier import Earlier
from heard.listening.names import NAME, bare
from heard.listening.passage import Passage
from heard.listening.types import Sign

_TITLE = re.compile(r"\b(?:mr|mrs|ms|mx|miss|dr|prof|hi|hello|hey|dear)\.?,? \Z", re.IGNORECASE)


def name(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `name` where the colleague uses one of the customer's names.

    Names that are also words ("Will", "Mark") count only behind a greeting or a title.
    """
    text = passage.turn.text
    if not earlier.names or (text.isascii() and earlier.names.isdisjoint(passage.vocabulary)):
        return
    words = lexicon.words("names")
    for match in NAME.finditer(text):
        if not match[0][0].isupper() or bare(match[0]) not in earlier.names:
            continue
        if bare(match[0]) in words and not _TITLE.search(
            text, max(0, match.start() - 12), match.start()
        ):
            continue
        why = f"Uses the customer's name, «{match[0]}»."
        yield Sign(kind="name", start=match.start(), end=match.end(), score=0.9, why=why)
