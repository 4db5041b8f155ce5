"""The emphasis that a colleague writes in Markdown, as the page shows it beside the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Within a line and of some length: a text of stars alone must not be searched again from each.
_EMPHASIS = re.compile(r"(?<![\w*/])(\*\*|__|[*_`])(?=\S)([^\n]{1,400}?)(?<=\S)\1(?![\w*])")
_TAGS = {"**": "strong", "__": "strong", "*": "em", "_": "em", "`": "code"}


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words from `start` to `end`; their stars begin at `opens` and have ended at `closes`."""

    opens: int
    start: int
    end: int
    closes: int
    tag: str

    @property
    def edges(self) -> tuple[int, ...]:
        """Where the text is cut for it."""
        return self.opens, self.start, self.end, self.closes


def emphases(text: str, links: Sequence[tuple[int, int]]) -> Iterator[Emphasis]:
    """Each emphasis in the text, in order; what stands in a link is part of its address."""
    for found in _EMPHASIS.finditer(text):
        opens, closes = found.span()
        start, end = found.span(2)
        if not any(first < closes and opens < last for first, last in links):
            yield Emphasis(opens, start, end, closes, _TAGS[found[1]])


def plain(text: str) -> str:
    """The words without their stars, for a line of a list."""
    return _EMPHASIS.sub(r"\2", text)
