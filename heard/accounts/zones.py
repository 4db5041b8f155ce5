"""The time zones a person may choose from."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The IANA zones named after places, and UTC, in alphabetical order."""
    places = {name for name in zoneinfo.available_timezones() if "/" in name}
    return ("UTC", *sorted(name for name in places if not name.startswith("Etc/")))
