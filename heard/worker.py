"""The worker: does the jobs that events defer."""

from __future__ import annotations

import asyncio
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.worker import Worker

from heard.gateway.stalled import SILENT_SECONDS, rescue

CONCURRENCY = 4
BEAT_SECONDS = 2


class Eager(Worker):
    """Looks for the next job as soon as one has ended, because that one's lock may have held it.

    Procrastinate itself looks when a job is added and else every few seconds, so that letters
    of one inbox, which follow each other by lock, came through at two a second.
    """

    async def _persist_job_status(self, *args: Any, **named: Any) -> None:
        await super()._persist_job_status(*args, **named)
        self._new_job_event.set()


async def _run() -> None:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        # Whoever died before us may have left locks behind: free them now, not at the next beat.
        await rescue(worker_app)
        worker_app.perform_import_paths()  # type: ignore[no-untyped-call] # procrastinate's own
        worker = Eager(
            worker_app,
            concurrency=CONCURRENCY,
            delete_jobs="successful",
            fetch_job_polling_interval=2,
            update_heartbeat_interval=BEAT_SECONDS,
            stalled_worker_timeout=SILENT_SECONDS,
            shutdown_graceful_timeout=8,
        )
        await worker.run()  # type: ignore[no-untyped-call] # procrastinate's own


def run() -> int:
    """Work until a signal says stop; jobs that run are finished first."""
    asyncio.run(_run())
    return 0
