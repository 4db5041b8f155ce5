"""A ticket says which topics its bearer may hear; the live stream checks nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.core import signing

# A person who leaves a team goes on hearing names (never content) until their ticket ends.
LASTS_SECONDS = 600
_SALT = "heard.live"


def issue(topics: Iterable[str]) -> str:
    """A signed ticket for these topics."""
    return signing.dumps(sorted(topics), salt=_SALT, compress=True)


def read(ticket: str) -> frozenset[str]:
    """The topics of a ticket; signing.BadSignature when it is forged or past its time."""
    return frozenset(signing.loads(ticket, salt=_SALT, max_age=LASTS_SECONDS))
