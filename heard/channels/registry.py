"""Which channels there are. Each is imported when it is first asked for."""

from importlib import import_module
from typing import cast

from heard.channels.contract import Channel

CHANNELS = {"email": "heard.channels.email"}


def channel(kind: str) -> Channel:
    """Return the channel of this kind. Raises LookupError when there is none."""
    if kind not in CHANNELS:
        raise LookupError(f"There is no channel of the kind “{kind}”.")
    return cast(Channel, import_module(CHANNELS[kind]))
