"""Envelopes that came in, deliveries that went out, and the servers they pass."""

from heard.gateway.models.delivery import Delivery
from heard.gateway.models.envelope import Envelope
from heard.gateway.models.lines import MailboxLine, RelayLine

__all__ = ["Delivery", "Envelope", "MailboxLine", "RelayLine"]
