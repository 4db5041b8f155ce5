"""Email: letters in (RFC 5322, MIME) and out (SMTP), and mailboxes read by IMAP."""

from heard.channels.contract import Outbound, Receipt, Settings
from heard.channels.email.parse import KIND as kind
from heard.channels.email.parse import parse
from heard.channels.email.relay import relay_from
from heard.channels.email.relay import send as send_by

__all__ = ["kind", "parse", "send"]


def send(message: Outbound, settings: Settings) -> Receipt:
    """Send through the SMTP relay that ``settings`` describe. Raises ChannelError."""
    return send_by(message, relay_from(settings))
