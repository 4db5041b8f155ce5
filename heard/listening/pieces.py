"""Marks over a text, cut into pieces that lie side by side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, TypeVar

from heard.listening.marks import Mark

# What is drawn: a mark, or a mark with whatever a page knows of it besides.
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Drawn]):
    """Where a mark is drawn."""

    start: int
    end: int
    mark: Drawn


@dataclass(frozen=True, slots=True)
class Piece(Generic[Drawn]):
    """Some words between two cuts, and the one mark drawn on them."""

    start: int
    end: int
    mark: Drawn | None


def whole(marks: Iterable[Mark], links: Sequence[tuple[int, int]]) -> list[Stretch[Mark]]:
    """The marks, stretched over a link of which they cover only a part: half a link leads nowhere.

    links: start and end of each, in order, not overlapping.
    """
    begins = [start for start, _ in links]

    def link_at(place: int) -> tuple[int, int]:
        start, end = links[bisect_right(begins, place) - 1] if links else (0, 0)
        return (start, end) if start < place < end else (place, place)

    return [Stretch(link_at(m.start)[0], link_at(m.end)[1], m) for m in marks]


def cut(stretches: Sequence[Stretch[Drawn]], edges: Iterable[int]) -> list[Piece[Drawn]]:
    """Pieces in order, cut at the edges and wherever a mark begins or ends.

    Of the marks that cover a piece the shortest is drawn: it says most about it. The work grows
    with the number of marks, not with its square: strangers write the text.
    """
    places = sorted({*edges, *(s.start for s in stretches), *(s.end for s in stretches)})
    return list(_pieces(stretches, places))


def _pieces(stretches: Sequence[Stretch[Drawn]], places: Sequence[int]) -> Iterator[Piece[Drawn]]:
    # Popped from the end, so the one that begins first stands last.
    coming = sorted(enumerate(stretches), key=_begin, reverse=True)
    covering: list[tuple[int, int, Stretch[Drawn]]] = []
    for start, end in pairwise(places):
        while coming and coming[-1][1].start <= start:
            order, stretch = coming.pop()
            heappush(covering, (stretch.end - stretch.start, order, stretch))
        while covering and covering[0][2].end <= start:
            heappop(covering)
        yield Piece(start, end, covering[0][2].mark if covering else None)


def _begin(numbered: tuple[int, Stretch[Drawn]]) -> int:
    return numbered[1].start


def quoted(said: str, most: int = 90) -> str:
    """Words on one line, and no more than a line holds."""
    line = " ".join(said.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
