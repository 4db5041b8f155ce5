"""What can be heard in one turn. A sign is a small pure function: passage and what came before in,
signs out. The two tables below say which functions read whose turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from heard.listening.earlier import Earlier
from heard.listening.passage import Passage
from heard.listening.signs import (
    advice,
    ask,
    blame,
    clarity,
    commitment,
    complaint,
    courtesy,
    emotion,
    empathy,
    leaving,
    name,
    question,
    reflection,
    repeat,
    wish,
)
from heard.listening.signs.ask import Clause
from heard.listening.types import Commitment, Sign

Listener = Callable[[Passage, Earlier], Iterator[Sign]]

AGENT: tuple[Listener, ...] = (
    question.question,
    reflection.reflection,
    reflection.understanding_check,
    empathy.empathy,
    courtesy.reassurance,
    courtesy.next_step,
    advice.advice,
    courtesy.apology,
    courtesy.thanks,
    courtesy.courtesy,
    courtesy.recall,
    courtesy.hold,
    blame.blame,
    blame.absolute,
    clarity.jargon,
    clarity.unclear,
    name.name,
)
CUSTOMER: tuple[Listener, ...] = (
    emotion.emotion,
    complaint.complaint,
    leaving.leave_risk,
    repeat.repeat,
    wish.need,
    wish.preference,
    courtesy.thanks,
)


def listen(
    passage: Passage,
    earlier: Earlier,
    asked: Sequence[Clause] = (),
    promised: Sequence[Commitment] = (),
) -> tuple[Sign, ...]:
    """Every sign in one passage, in the order of the text.

    `asked` and `promised` are what was found in the passage for the ledgers; they are signs too.

    `earlier` holds what came before it; nobody's later words move an earlier sign.
    """
    listeners = AGENT if passage.turn.speaker == "agent" else CUSTOMER
    found = [sign for listener in listeners for sign in listener(passage, earlier)]
    found += [*ask.ask(asked), *commitment.commitment(promised)]
    return in_order(found)


def in_order(found: Sequence[Sign]) -> tuple[Sign, ...]:
    """Signs in the order of the text."""
    return tuple(sorted(found, key=_order))


def _order(sign: Sign) -> tuple[int, int, str]:
    return sign.start, sign.end, sign.kind
