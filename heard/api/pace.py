"""How many calls a token may make: MOST in each minute of the clock."""

from __future__ import annotations

import time

from django.db import connection

from heard.accounts.models import ApiToken
from heard.api.problems import Problem

MOST = 600
MINUTE = 60

# One statement and one row for each token: nothing is lost between two calls at once, and
# nothing is left to clean up. The cache's increment would read and write in two steps.
COUNT = """
    INSERT INTO api_pace AS pace (token_id, minute, calls) VALUES (%s, %s, 1)
    ON CONFLICT (token_id) DO UPDATE SET
        calls = CASE WHEN pace.minute = excluded.minute THEN pace.calls + 1 ELSE 1 END,
        minute = excluded.minute
    RETURNING calls
"""


def keep(token: ApiToken) -> None:
    """Count a call. Raises Problem (429, with Retry-After in seconds) when there were too many."""
    minute, gone = divmod(int(time.time()), MINUTE)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [token.pk, minute])
        (calls,) = cursor.fetchone()
    if calls > MOST:
        raise Problem(
            "too-many",
            f"A token may call {MOST} times a minute.",
            headers={"Retry-After": str(MINUTE - gone)},
        )
