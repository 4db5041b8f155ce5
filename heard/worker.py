"""The workers: they do the jobs that events defer.

One kind opens and sends letters and does whatever else there is; the other, the listener, reads
what was said. Reading takes the processor for itself, so it has a process of its own.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from typing import Any

from procrastinate.app import WorkerOptions
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from heard import flow
from heard.gateway.stalled import SILENT_SECONDS, rescue

log = logging.getLogger("heard.worker")

OPTIONS: WorkerOptions = {
    "concurrency": 4,
    "delete_jobs": "successful",
    "fetch_job_polling_interval": 2,
    "update_heartbeat_interval": 2,
    "stalled_worker_timeout": SILENT_SECONDS,
    "shutdown_graceful_timeout": 8,
}


class Bell(asyncio.Event):
    """An event that counts how often it was set, so that clearing it loses nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.rings = 0

    def set(self) -> None:
        """Set it, and count."""
        self.rings += 1
        super().set()


class Eager(Worker):
    """Looks for the next job as soon as one has ended or was added.

    Procrastinate itself does not look when a job ends, although its lock may have held others,
    and it forgets a job that was added while it looked: both then wait for its clock. Letters of
    one inbox, which follow each other by lock, came through at two a second.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._new_job_event: Bell = Bell()

    async def _persist_job_status(self, *args: Any, **named: Any) -> None:
        await super()._persist_job_status(*args, **named)
        self._new_job_event.set()

    async def _fetch_and_process_jobs(self) -> None:
        rings = -1
        while rings != self._new_job_event.rings:
            rings = self._new_job_event.rings
            await super()._fetch_and_process_jobs()  # type: ignore[no-untyped-call] # procrastinate's own


# Letters go first where the processor is short: a reading can wait a second, a customer may not.
NICE = 10


async def _run(wanted: WorkerOptions) -> None:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        # Whoever died before us may have left locks behind: free them now, not at the next beat.
        await rescue(worker_app)
        worker_app.perform_import_paths()  # type: ignore[no-untyped-call] # procrastinate's own
        # With Django's own defaults, which give each job a living connection and take it back.
        options: WorkerOptions = {**worker_app.worker_defaults, **OPTIONS, **wanted}
        worker = Eager(worker_app, **options)
        await worker.run()  # type: ignore[no-untyped-call] # procrastinate's own


def work() -> int:
    """Do every job but those of the listener, until a signal says stop; see _until_told."""
    return _until_told({"queues": ["default"]})


def listen() -> int:
    """Read what was said, one conversation after the other, until a signal says stop."""
    os.nice(NICE)
    return _until_told({"queues": sorted(set(flow.QUEUE.values())), "concurrency": 1})


def _until_told(wanted: WorkerOptions) -> int:
    """Work until a signal says stop; jobs that run are finished first.

    1 when the database went away, so that the parent starts another worker.
    """
    gc.freeze()  # what is loaded now stays: the collector need not walk through it again
    try:
        asyncio.run(_run(wanted))
    except ConnectorException:
        log.warning("The database went away, and so does this worker")
        return 1
    return 0
