"""What a person is called on the page."""

from __future__ import annotations

from django.utils.translation import gettext

from heard.channels.email.parse import NOBODY


def called(name: str, address: str) -> str:
    """The name, or the address where none was given; «Unknown» for who gave neither."""
    return name or ("" if address == NOBODY.email else address) or gettext("Unknown")
