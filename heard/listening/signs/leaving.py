"""The customer may leave, wants money back, goes to law or to the public, or threatens."""

from __future__ import annotations

from collections.abc import Iterator

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage, sign
from heard.listening.types import Sign

_REASONS = {
    "cancel": "Speaks of ending it with",
    "switch": "Speaks of going elsewhere with",
    "refund": "Wants money back with",
    "law": "Speaks of law or authorities with",
    "public": "Speaks of going public with",
    "threat": "Threatens with",
}


def leave_risk(passage: Passage, earlier: Earlier) -> Iterator[Sign]:
    """Yield `leave-risk` for cancelling, switching, money back, law, the public and threats."""
    for hit in passage.phrases("leave"):
        yield sign("leave-risk", hit, 0.75, _REASONS[hit.label])
