"""Does a sentence answer an ask? By rules: shared words, and the shape that the ask wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heard.listening.links.candidates import Candidate, shaped
from heard.listening.links.shapes import STRICT

if TYPE_CHECKING:
    from heard.listening.links.answer import Open

LOOSE = ("what", "who")
# A sentence that only says that an answer will come speaks of the ask and leaves it open.
PUT_OFF = 0.7


class Ruled:
    """The rules as a judge of answers; 1 and more is beyond doubt."""

    surely = 0.5

    def answers(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """How well a sentence answers an ask."""
        clause = ask.clause
        if candidate.puts_off and clause.wants != "request":
            return 0.0
        shared = clause.stems & candidate.stems
        overlap = len(shared) / max(1, min(3, len(clause.stems)))
        if ask.number and ask.number == candidate.number:
            return 0.9
        if not ask.alone and not shared and clause.stems and not candidate.both:
            return 0.0
        shape = shaped(clause.wants, candidate)
        if not shape and clause.wants in STRICT:
            return 0.0
        return 0.75 * overlap + (_weight(ask, candidate) if shape else 0.0)

    def in_part(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """Whether an answer leaves something open: a deed that is only promised is not yet done."""
        promised = candidate.promises or candidate.puts_off
        return 1.0 if promised and ask.clause.wants == "request" else 0.0

    def leaves_open(self, ask: Open, candidate: Candidate, turns: int) -> float:
        """Whether a sentence speaks of an ask and leaves it where it was."""
        about = ask.alone or bool(ask.clause.stems & candidate.stems)
        return PUT_OFF if candidate.puts_off and about else 0.0


def _weight(ask: Open, candidate: Candidate) -> float:
    """What the right shape counts for; the only thing asked needs no repeated word.

    "How do I reset it?" is answered by "Hold the red button", and "Yes to both" answers two.
    """
    loose = ask.clause.wants in LOOSE
    if (
        ask.alone
        or not ask.clause.stems
        or (candidate.both and ask.clause.wants in ("yes-no", "request"))
    ):
        return 0.5 if loose else 0.6
    return 0.2 if loose else 0.35
