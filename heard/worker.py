"""The worker: does the jobs that events defer."""

from __future__ import annotations

import asyncio

from procrastinate.contrib.django import app

from heard.gateway.stalled import SILENT_SECONDS, rescue

CONCURRENCY = 4
BEAT_SECONDS = 2


async def _run() -> None:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        # Whoever died before us may have left locks behind: free them now, not at the next beat.
        await rescue(worker_app)
        await worker_app.run_worker_async(
            concurrency=CONCURRENCY,
            delete_jobs="successful",
            fetch_job_polling_interval=2,
            update_heartbeat_interval=BEAT_SECONDS,
            stalled_worker_timeout=SILENT_SECONDS,
            shutdown_graceful_timeout=8,
        )


def run() -> int:
    """Work until a signal says stop; jobs that run are finished first."""
    asyncio.run(_run())
    return 0
