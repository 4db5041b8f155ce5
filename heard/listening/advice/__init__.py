"""From what was heard to what would make a draft better; silence when all is well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from heard.listening.advice import conversation, wording
from heard.listening.advice.draft import written
from heard.listening.types import Advice, Turn

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder

# Without a time it only matters whether a promise names one, not which.
_SOMETIME = datetime(2001, 1, 1, 9, tzinfo=UTC)


def check(
    draft: str,
    turns: Sequence[Turn],
    *,
    at: datetime | None = None,
    encoder: Encoder | None = None,
) -> list[Advice]:
    """Advise on a draft reply to a conversation, most useful first; nothing when all is well.

    `at` is the time at which the reply would leave, for words such as "by Friday". Offsets lie in
    the draft; 0, 0 is advice about the whole. A draft of a few words gets no advice about what is
    missing in it, because it is still being written.
    """
    if not draft.strip():
        return []
    zone = turns[-1].zone if turns else "UTC"
    reply = Turn(speaker="agent", text=draft, at=at or _SOMETIME, zone=zone)
    heard = written(reply, turns, encoder)
    harsh = list(wording.blame(heard))
    return [
        *wording.wrong_name(heard),
        *harsh[:1],  # a second reproach would push what is still open out of sight
        *conversation.open_asks(heard),
        *harsh[1:],
        *conversation.feeling(heard),
        *conversation.next_step(heard),
        *wording.absolutes(heard),
        *conversation.closed_questions(heard),
        *wording.jargon(heard),
        *wording.unclear(heard),
    ]
