"""The first start: nobody works here yet, and whoever holds the key becomes the first admin."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from heard.accounts.models import User

# People are deactivated, never deleted: what was true once stays true, and is asked once.
_over = False


def is_over() -> bool:
    """Whether somebody works here; costs no query once that is so."""
    global _over
    _over = _over or User.objects.exists()
    return _over


def key() -> str:
    """The word that proves that the visitor can read what `heard serve` printed."""
    return salted_hmac("heard.accounts.beginning", "first admin").hexdigest()[:32]


def fits(given: str) -> bool:
    """Whether this is the key, compared in constant time."""
    return constant_time_compare(given, key())


def link() -> str:
    """The address of the set-up page with its key, for `heard serve` to print."""
    return f"{settings.SITE_URL}{reverse('accounts:setup')}?{urlencode({'key': key()})}"
