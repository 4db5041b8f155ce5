"""Send the name of what happened to whoever has a page open.

The interface is small on purpose, so that another bus can stand in for PostgreSQL's:
publish_on_commit() here, and hear() in stream.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection, transaction

CHANNEL = "heard_live"
# The name of what happened and the topics under which pages listen for it.
Notice = tuple[str, list[str]]


def publish_on_commit(notices: Sequence[Notice]) -> None:
    """Tell open pages of these once the transaction has committed.

    Sent after the commit rather than inside it: NOTIFY takes a database-wide lock at commit,
    which would make every business transaction wait in one line.
    """
    wanted = [(name, topics) for name, topics in notices if topics]
    if wanted:
        # What has committed is done, whether or not anybody can be told of it.
        transaction.on_commit(lambda: publish(wanted), robust=True)


def publish(notices: Sequence[Notice]) -> None:
    """Send notices now. A page that misses one heals when it next looks."""
    said = [json.dumps({"name": name, "topics": topics}) for name, topics in notices]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, said) FROM unnest(%s::text[]) AS said", [CHANNEL, said]
        )
