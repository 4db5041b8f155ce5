"""Secrets of others, encrypted at rest with a key that the database does not hold."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


@lru_cache(maxsize=1)
def _fernet() -> Fernet:
    key = hashlib.sha256(b"heard.seal:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(secret: str) -> str:
    """The secret encrypted; empty stays empty."""
    return _fernet().encrypt(secret.encode()).decode() if secret else ""


class Unreadable(str):
    """Stands, empty, for a secret sealed under another key: the row around it stays readable."""

    __slots__ = ()


def unseal(sealed: str) -> str:
    """The secret again; Unreadable when the key is another, so that it can be entered anew."""
    if not sealed:
        return ""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return Unreadable()


class SealedField(models.TextField[str, str]):
    """Text that lies encrypted in the database and is plain in Python."""

    def get_prep_value(self, value: Any) -> Any:
        """What the database keeps."""
        return seal(super().get_prep_value(value) or "")

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str:
        """What Python sees."""
        return unseal(value or "")
