"""Short ways to say something in a test and ask what was heard in it."""

from __future__ import annotations

from datetime import UTC, datetime

from heard.listening import Reading, Turn, read

# A Thursday.
THURSDAY = datetime(2026, 11, 19, 10, 30, tzinfo=UTC)


def customer(text: str, **more: object) -> Turn:
    return Turn(speaker="customer", text=text, **{"at": THURSDAY, **more})


def agent(text: str, **more: object) -> Turn:
    return Turn(speaker="agent", text=text, **{"at": THURSDAY, **more})


def heard(turn: Turn, *before: Turn) -> list[tuple[str, str]]:
    """(kind, words) of each sign in the last turn."""
    reading = read([*before, turn])
    return [(s.kind, turn.text[s.start : s.end]) for s in reading.signs[-1]]


def kinds(turn: Turn, *before: Turn) -> set[str]:
    return {kind for kind, _ in heard(turn, *before)}


def words(kind: str, turn: Turn, *before: Turn) -> list[str]:
    return [said for found, said in heard(turn, *before) if found == kind]


def states(reading: Reading) -> list[tuple[str, str]]:
    return [(ask.text, ask.state) for ask in reading.asks]
