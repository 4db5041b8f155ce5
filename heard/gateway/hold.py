"""One run at a time, across all processes, for as long as the work takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import InterfaceError, OperationalError, connection


@contextmanager
def held(word: str) -> Iterator[bool]:
    """Hold a word until the block ends; False inside when somebody else holds it now.

    The word hangs on the database connection and keeps no transaction open, so it may be held
    while a server far away is talked to; whoever dies lets go of it.
    """
    if not _ask("pg_try_advisory_lock", word):
        yield False
        return
    try:
        yield True
    finally:
        # A connection that broke has let go already.
        with suppress(OperationalError, InterfaceError):
            _ask("pg_advisory_unlock", word)


def _ask(function: str, word: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [word])
        (answer,) = cursor.fetchone()
    return bool(answer)
