"""Was the feeling acknowledged? From a feeling to the words in the next reply that take it up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heard.listening.signs.emotion import NEGATIVE
from heard.listening.types import Link, Place, Sign, Turn

_TAKES_UP = ("reflection.feeling", "empathy", "apology")


def acknowledgements(
    turns: Sequence[Turn], signs: Sequence[Sequence[Sign]]
) -> Iterator[tuple[Place, Link | None]]:
    """Yield each run of the customer's turns with an unpleasant feeling, and what took it up.

    The place is the strongest feeling of the run. The link is None where the colleague replied
    without empathy or apology; runs without a reply are left out.
    """
    strongest: tuple[int, Sign] | None = None
    for index, turn in enumerate(turns):
        if turn.speaker == "customer":
            for sign in signs[index]:
                if sign.kind in NEGATIVE and (not strongest or sign.score >= strongest[1].score):
                    strongest = index, sign
        elif strongest:
            place = Place(turn=strongest[0], start=strongest[1].start, end=strongest[1].end)
            yield place, _link(place, strongest[1], index, signs[index])
            strongest = None


def _link(place: Place, felt: Sign, index: int, signs: Sequence[Sign]) -> Link | None:
    for kind in _TAKES_UP:
        for sign in signs:
            if sign.kind == kind:
                name = felt.kind.partition(".")[2]
                return Link(
                    kind="acknowledgement",
                    source=place,
                    target=Place(turn=index, start=sign.start, end=sign.end),
                    score=sign.score if kind != "apology" else 0.6,
                    why=f"The reply to the customer's {name}. {sign.why}",
                )
    return None
