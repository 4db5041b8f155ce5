"""The relay an inbox sends through: its own, or the one of the whole house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, unquote, urlsplit

from heard import environment
from heard.channels.contract import ChannelError, Settings
from heard.gateway.models import RelayLine
from heard.inbox.models import Inbox

_SECURITY = {"smtp": "none", "smtp+starttls": "starttls", "smtps": "tls"}


@dataclass(frozen=True, slots=True)
class Way:
    """How to send: the relay, and whether it takes return addresses with a plus sign."""

    settings: Settings
    tag_bounces: bool


def line_of(inbox: Inbox) -> Way:
    """The way out of an inbox. Raises ChannelError (permanent) when there is none."""
    own = RelayLine.objects.filter(inbox=inbox).first()
    if own is not None:
        return Way(own.settings, own.tag_bounces)
    if url := environment.read("HEARD_RELAY"):
        return Way(parse(url), tag_bounces=True)
    raise ChannelError(
        f"No server to send through is set for the inbox {inbox.name}. "
        "An admin can set one under Settings, Inboxes.",
        permanent=True,
    )


def parse(url: str) -> Settings:
    """A relay from smtp://user:password@host:port; smtp+starttls:// and smtps:// are private."""
    parts = urlsplit(url)
    port = _port(parts)
    if parts.scheme not in _SECURITY or not parts.hostname or port is None:
        raise ChannelError(
            "HEARD_RELAY must look like smtp://host:25, smtp+starttls:// or smtps://.",
            permanent=True,
        )
    return {
        "host": parts.hostname,
        "port": port,
        "security": _SECURITY[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }


def _port(parts: SplitResult) -> int | None:
    """The port, the scheme's own when none is named, None when it is no port."""
    try:
        return parts.port or (465 if parts.scheme == "smtps" else 25)
    except ValueError:
        return None


def went_well(inbox: Inbox, at: datetime) -> None:
    """Note that the inbox's own relay took a letter."""
    RelayLine.objects.filter(inbox=inbox).update(last_success_at=at, tried_at=at, last_error="")


def went_wrong(inbox: Inbox, at: datetime, says: str) -> None:
    """Note what the inbox's own relay said when it took none."""
    RelayLine.objects.filter(inbox=inbox).update(
        last_error_at=at, tried_at=at, last_error=says[:2000]
    )
