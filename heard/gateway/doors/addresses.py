"""Which inbox an address belongs to, asked for every letter and so remembered for a moment."""

from __future__ import annotations

import time

from heard.channels.email.addresses import plain_address
from heard.inbox.models import Inbox

FRESH_SECONDS = 5.0


class Directory:
    """The addresses of all inboxes, good for a few seconds after they were read."""

    def __init__(self) -> None:
        self._read_at = 0.0
        self._inboxes: dict[str, int] = {}

    def inbox_at(self, address: str) -> int | None:
        """The id of the inbox with this address, a tag after a plus sign aside; from memory."""
        plain = plain_address(address).lower()
        local, _, host = plain.rpartition("@")
        return self._inboxes.get(plain) or self._inboxes.get(f"{local.split('+')[0]}@{host}")

    @property
    def is_fresh(self) -> bool:
        """Whether what was read may still be gone by."""
        return time.monotonic() - self._read_at <= FRESH_SECONDS

    def read(self) -> None:
        """Ask the database anew."""
        self._inboxes = dict(Inbox.objects.values_list("address", "id"))
        self._read_at = time.monotonic()
