"""Text from outside, made fit for a column."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text without NUL and lone surrogates: PostgreSQL takes neither, strangers send both."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
