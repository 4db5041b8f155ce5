"""The letters of a conversation as its page shows them: the newest, and earlier ones when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heard.inbox.happenings import woven
from heard.inbox.letters import Letter, letters_of
from heard.inbox.models import Message
from heard.listening.marks import Mark

# So many are drawn at first, and as many again each time somebody asks for earlier ones.
PAGE = 30
# So few are no reason to hide them.
FEW = 5


@dataclass(frozen=True, slots=True)
class Thread:
    """What is shown of a thread.

    since: the id of the first message shown, so that it still is when more comes; 0 where there is
    none. earlier: how many lie before it. back_to: the first of the page before.
    """

    letters: list[Letter]
    since: int
    earlier: int
    back_to: int


def thread_of(
    messages: Sequence[Message],
    lines: Sequence[Message],
    marks: dict[int, list[Mark]],
    since: int = 0,
) -> Thread:
    """The part of a thread that is shown: its end, from the message `since` or before it.

    messages: all of them, in their order. lines: what was done, told between them.
    """
    start = _start(messages, since)
    everything = woven(messages, lines)
    at = everything.index(messages[start]) if start else 0
    above = everything[at - 1] if at else None
    return Thread(
        letters=list(letters_of(everything[at:], marks, before=above)),
        since=messages[start].pk if messages else 0,
        earlier=start,
        back_to=messages[_whole(start - PAGE)].pk if messages else 0,
    )


def _start(messages: Sequence[Message], since: int) -> int:
    newest = _whole(len(messages) - PAGE)
    asked = next((at for at, one in enumerate(messages) if one.pk == since), newest)
    return _whole(min(asked, newest))


def _whole(start: int) -> int:
    return start if start > FEW else 0
