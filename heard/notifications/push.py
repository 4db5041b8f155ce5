"""Pushing to a browser (RFC 8030), sealed for it alone (RFC 8291) and signed by us (RFC 8292)."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from heard import outgoing
from heard.accounts.models import User
from heard.inbox.models import Inbox
from heard.notifications.models import Notification, Subscription
from heard.notifications.verbs import preferences_of
from heard.notifications.words import says
from heard.refusal import Refusal

# The order of the curve P-256 (FIPS 186-5).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# How long a push service keeps what it can't deliver, in seconds.
KEPT = 12 * 3600
MOST_BROWSERS = 20
GONE = (404, 410)


@lru_cache(maxsize=1)
def signing_key() -> ec.EllipticCurvePrivateKey:
    """Our key, made from the kept secret: the same on every machine and after every restore."""
    made = HKDF(hashes.SHA256(), 48, salt=None, info=b"heard.vapid")
    number = int.from_bytes(made.derive(settings.SECRET_KEY.encode())) % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def public_key() -> str:
    """What a browser needs to know us by, as it wants it written."""
    point = signing_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


@transaction.atomic
def subscribe(user: User, *, endpoint: str, p256dh: str, auth: str, browser: str) -> Subscription:
    """Let a browser be pushed to. It belongs to whoever said so last.

    Raises Refusal for an address that is not to be called and for keys that are none.
    """
    _check(endpoint, p256dh, auth)
    kept, _new = Subscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={"user": user, "p256dh": p256dh, "auth": auth, "browser": browser[:120]},
    )
    others = Subscription.objects.filter(user=user).values_list("pk", flat=True)
    Subscription.objects.filter(pk__in=list(others[MOST_BROWSERS:])).delete()
    return kept


def push(notification_id: int) -> None:
    """Push a notification to each of its person's browsers, unless it was read meanwhile.

    Raises requests.RequestException when one of them may be tried again.
    """
    found = Notification.objects.select_related("by", "user", "conversation__contact")
    one = found.filter(pk=notification_id, read_at=None, user__is_active=True).first()
    if one is None:
        return
    words = preferences_of(one.user).push_words
    failed = [_tried(each, payload_of(one, words=words)) for each in _browsers(one.user)]
    if errors := [error for error in failed if error]:
        raise errors[0]


def payload_of(one: Notification, *, words: bool) -> dict[str, str]:
    """What the browser shows; without `words`, nothing of the customer's, not even the name."""
    place = f"#message-{one.message_id}" if one.message_id else ""
    return {
        "title": says(one, discreet=not words),
        "body": one.preview if words else "",
        "url": f"/conversations/{one.conversation_id}{place}",
        "tag": f"conversation-{one.conversation_id}",
    }


def send(to: Subscription, payload: dict[str, str]) -> None:
    """Push to one browser; one that is gone is forgotten.

    Raises outgoing.Forbidden, and requests.RequestException where another try may help.
    """
    # It brings along what only a push needs, so it is not loaded at every start.
    from py_vapid import Vapid02
    from pywebpush import WebPushException, webpush

    try:
        webpush(
            {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}},
            data=json.dumps(payload),
            vapid_private_key=Vapid02(signing_key()),
            vapid_claims={"sub": _contact()},
            ttl=KEPT,
            timeout=outgoing.PATIENCE,
            requests_session=session(),
        )
    except WebPushException as error:
        if error.response is not None and error.response.status_code in GONE:
            to.delete()
            return
        status = error.response.status_code if error.response is not None else 0
        raise requests.HTTPError(f"The push service answered {status}.") from error


def session() -> requests.Session:
    """What pushes are sent by."""
    return outgoing.session()


def _browsers(user: User) -> list[Subscription]:
    return list(Subscription.objects.filter(user=user))


def _tried(to: Subscription, payload: dict[str, str]) -> requests.RequestException | None:
    """Push; the error if another try may help. It stands on the browser until a push arrives."""
    try:
        send(to, payload)
    except outgoing.Forbidden as error:
        _noted(to, str(error))
    except requests.RequestException as error:
        _noted(to, str(error))
        return error
    else:
        _noted(to, "")
    return None


def _noted(to: Subscription, says: str) -> None:
    Subscription.objects.filter(pk=to.pk).exclude(last_error=says[:300]).update(
        last_error=says[:300]
    )


def _contact() -> str:
    """Whom a push service may write to about us."""
    box = Inbox.objects.order_by("pk").first()
    host = urlsplit(settings.SITE_URL).hostname
    return f"mailto:{box.address}" if box else f"mailto:postmaster@{host}"


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        outgoing.check(endpoint)
        point, secret = _decoded(p256dh), _decoded(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (requests.RequestException, outgoing.Forbidden, ValueError) as error:
        says = _("This browser gave an address that can't be pushed to.")
        raise Refusal(says, code="endpoint", field="endpoint") from error
    if len(secret) != 16 or len(endpoint) > 1000:
        raise Refusal(_("This browser gave no key that fits."), code="key", field="auth")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def greeting() -> dict[str, str]:
    """What is shown to whoever tries it out."""
    return {
        "title": _("It works"),
        "body": _("This browser hears of what you wish."),
        "url": "/notifications",
        "tag": "test",
    }
