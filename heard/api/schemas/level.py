"""The shapes of policies and of the terms that conversations have under them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from heard.api.schemas.shared import Named

Kind = Literal["first", "next", "resolution"]


class Policy(Schema):
    """How soon some conversations are answered and done, in minutes of counted time.

    The first policy in order that fits a conversation is its own. `applies_to` is a filter, empty
    for every conversation; a time that is null is not promised. `clock` says whose hours count.
    """

    id: int
    name: str
    position: int
    applies_to: str
    first_minutes: int | None
    next_minutes: int | None
    resolution_minutes: int | None
    clock: Literal["team", "own", "always"]
    calendar: Named | None
    pause: bool
    warn_minutes: int | None


class Term(Schema):
    """One clock of a conversation and what became of it.

    `due_at` is null while the clock is paused, with `left_seconds` of counted time to go.
    `missed_at` is the due time once it has passed, whether or not the term has ended since.
    """

    id: int
    kind: Kind
    policy_name: str
    state: Literal["running", "paused", "met", "missed", "dropped"]
    started_at: datetime
    due_at: datetime | None
    left_seconds: int
    ended_at: datetime | None
    missed_at: datetime | None
