"""Words that put the fault on the customer, wave a feeling away or promise the impossible."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, sign
from heard.listening.types import Sign


def blame(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `blame` for reproach, dismissal and apologies that are none."""
    for hit in passage.phrases("blame"):
        why = "Waves the feeling away with" if hit.label == "dismissal" else "Sounds like reproach:"
        yield sign("blame", hit, 0.8, why)


def absolute(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `absolute` for words that leave no way out."""
    for hit in passage.phrases("absolute"):
        yield sign("absolute", hit, 0.75, "Hard to keep to the letter:")
