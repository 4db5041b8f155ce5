"""What time it is. History is told by setting the clock back for the length of a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, or the one the clock is set to."""
    return _set_to.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside the block happen at this moment."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
