"""A letter at a door, before it is ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Raw bytes and what the door knows of them.

    inbox: the id of the inbox they came to. at: when they reached us; None means now.
    """

    inbox: int
    raw: bytes
    source: str
    sender: str = ""
    recipients: tuple[str, ...] = ()
    at: datetime | None = None
