"""The events that rules react to, in words, and which of them a rule waits for."""

from __future__ import annotations

import time
from dataclasses import dataclass

from heard.automation.models import Rule

OCCASIONS = {
    "message.received": "a letter comes in",
    "message.written": "a colleague answers",
    "note.written": "a note is written",
    "conversation.assigned": "somebody is given it",
    "conversation.given": "a team is given it",
    "conversation.tagged": "it is tagged",
    "conversation.untagged": "a tag is taken off",
    "conversation.snoozed": "it is snoozed",
    "conversation.woken": "it comes back from a snooze",
    "conversation.closed": "it is closed",
    "conversation.reopened": "it is opened again",
    "level.warned": "a service level is nearly due",
    "level.missed": "a service level is missed",
}
# So long a process may act by rules as it knew them. One that changes a rule knows at once.
FRESH_SECONDS = 2.0


@dataclass(slots=True)
class Waited:
    """The events that some rule waits for, and until when that is known."""

    names: frozenset[str] = frozenset()
    until: float = 0.0


waited = Waited()


def is_waited(name: str) -> bool:
    """Whether some rule waits for this event; asked before a job is made for it."""
    if name not in OCCASIONS:
        return False
    if time.monotonic() >= waited.until:
        look_again()
    return name in waited.names


def look_again() -> None:
    """Ask the database which events rules wait for."""
    names = Rule.objects.filter(on=True).values_list("when", flat=True)
    waited.names, waited.until = frozenset(names), time.monotonic() + FRESH_SECONDS
