"""A letter at a door, before it is ours."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from heard.channels.email.fingerprint import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Raw bytes and what the door knows of them.

    inbox: the id of the inbox they came to. at: when they reached us; None means now.
    once: a word of its own for a letter that a sender handed over without a Message-ID: two
    such letters with the same words are two letters, not one that came twice.
    """

    inbox: int
    raw: bytes
    source: str
    sender: str = ""
    recipients: tuple[str, ...] = ()
    at: datetime | None = None
    once: str = ""

    @property
    def digest(self) -> str:
        """What tells this letter from every other in its inbox."""
        same = digest(self.raw)
        return hashlib.sha256(f"{same}{self.once}".encode()).hexdigest() if self.once else same
