"""API tokens: handed out once in clear, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.accounts.models import ApiToken, User
from heard.events.verbs import record
from heard.refusal import Refusal

# Recognisable, so that secret scanners and people know what they have found.
MARK = "hrd_"
USE_NOTED_EVERY = timedelta(minutes=1)
MOST_DAYS = 3650


@transaction.atomic
def issue_token(user: User, name: str, scopes: Sequence[str], days: int) -> tuple[ApiToken, str]:
    """A new token and its clear text, which is shown now and never again.

    scopes: of ApiToken.Scope; writing includes reading. days: how long it is good for, 1 to
    MOST_DAYS, else Refusal.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(_("A token is good for 1 to %d days.") % MOST_DAYS, field="days")
    text = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=text[:12],
        digest=_digest(text),
        scopes=sorted({ApiToken.Scope.READ.value, *scopes}),
        expires_at=timezone.now() + timedelta(days=days),
    )
    record("token.issued", by=user, person=user.pk, token=token.pk, scopes=token.scopes)
    return token, text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> None:
    """End a token now. Revoking it twice keeps the first time."""
    ended = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if ended.update(revoked_at=timezone.now()):
        record("token.revoked", by=by, person=token.user_id, token=token.pk)


def read_token(text: str) -> ApiToken | None:
    """The token with this clear text and its user, or None when it opens nothing (any more).

    Looked up by digest, so that the time it takes tells nothing about near misses.
    """
    now = timezone.now()
    good = ApiToken.objects.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)
    token = good.select_related("user").filter(digest=_digest(text)).first()
    if token:
        _note_use(token, now)
    return token


def _digest(text: str) -> str:
    # Plain SHA-256 will do: 256 random bits cannot be guessed, unlike a password.
    return hashlib.sha256(text.encode()).hexdigest()


def _note_use(token: ApiToken, now: datetime) -> None:
    # At most one write a minute: a busy program must not rewrite its row with every call.
    if token.last_used_at is None or now - token.last_used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        token.last_used_at = now
