"""What waits to follow."""

from __future__ import annotations

from django.db import connection


def is_queued(task_name: str, conversation: int) -> bool:
    """Whether a job of this task waits for this conversation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND lock = %s)",
            [f"{task_name}:conversation:{conversation}"],
        )
        return bool(cursor.fetchone()[0])
