"""Which inbox an address belongs to, asked for every letter and so remembered for a moment."""

from __future__ import annotations

import time

from heard.channels.email.addresses import plain_address
from heard.inbox.models import Inbox

FRESH_SECONDS = 5.0


class Directory:
    """The addresses of all inboxes, read anew when they are older than a few seconds."""

    def __init__(self) -> None:
        self._read_at = 0.0
        self._inboxes: dict[str, int] = {}

    def inbox_at(self, address: str) -> int | None:
        """The id of the inbox with this address, a tag after a plus sign aside."""
        self._refresh()
        return self.known(address)

    def known(self, address: str) -> int | None:
        """The same from memory alone, without a look at the database."""
        plain = plain_address(address).lower()
        local, _, host = plain.rpartition("@")
        return self._inboxes.get(plain) or self._inboxes.get(f"{local.split('+')[0]}@{host}")

    @property
    def is_fresh(self) -> bool:
        """Whether memory alone may be asked."""
        return time.monotonic() - self._read_at <= FRESH_SECONDS

    def _refresh(self) -> None:
        if not self.is_fresh:
            self._inboxes = dict(Inbox.objects.values_list("address", "id"))
            self._read_at = time.monotonic()
