"""Send the name of what happened to whoever has a page open.

The interface is small on purpose, so that another bus can stand in for PostgreSQL's:
publish_on_commit() here, and hear() in stream.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection, transaction

CHANNEL = "heard_live"


def publish_on_commit(name: str, topics: Iterable[str]) -> None:
    """Tell open pages about `name` once the transaction has committed.

    Sent after the commit rather than inside it: NOTIFY takes a database-wide lock at commit,
    which would make every business transaction wait in one line.
    """
    wanted = sorted(set(topics))

    def tell() -> None:
        publish(name, wanted)

    if wanted:
        # What has committed is done, whether or not anybody can be told of it.
        transaction.on_commit(tell, robust=True)


def publish(name: str, topics: list[str]) -> None:
    """Send one notice now. A page that misses it heals when it next looks."""
    notice = json.dumps({"name": name, "topics": topics})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, notice])
