"""Accept what comes in, unseal it, fetch it, and deliver what goes out."""

from heard.gateway.verbs.accept import accept
from heard.gateway.verbs.deliver import deliver, deliver_again
from heard.gateway.verbs.fetch import fetch
from heard.gateway.verbs.unseal import forget, open_again, unseal, unseal_waiting

__all__ = [
    "accept",
    "deliver",
    "deliver_again",
    "fetch",
    "forget",
    "open_again",
    "unseal",
    "unseal_waiting",
]
