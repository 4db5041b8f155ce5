"""The return path of a letter tells which letter bounced, even when the bounce does not.

Many bounce letters leave out the headers of what they return, so the address itself carries
the message's number, signed: a stranger can't mark somebody's letter as bounced by guessing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings

from heard.channels.email.addresses import bounce_address, bounce_token
from heard.inbox.models import Inbox, Message


def return_path(inbox: Inbox, message: Message) -> str:
    """The address that bounces of this message come back to."""
    return bounce_address(inbox.address, token(message.pk))


def token(pk: int) -> str:
    """The number of a message and its signature, as one word of letters and digits."""
    return f"{pk}x{_signature(pk)}"


def message_of(recipients: Iterable[str]) -> Message | None:
    """The message whose return path is among these addresses."""
    for address in recipients:
        number, _, signature = bounce_token(address).partition("x")
        if number.isdecimal() and hmac.compare_digest(signature, _signature(int(number))):
            return Message.objects.filter(pk=int(number)).first()
    return None


def _signature(pk: int) -> str:
    key = hashlib.sha256(b"heard.verp:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, str(pk).encode(), hashlib.sha256).hexdigest()[:16]
