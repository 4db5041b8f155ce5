"""Jobs whose worker died: procrastinate keeps them as running until someone gives them back."""

from __future__ import annotations

from procrastinate import App

# The worker beats every 2 s (heard/worker.py); five missed beats mean that it is gone.
SILENT_SECONDS = 10


async def rescue(app: App) -> int:
    """Put the jobs of silent workers back into the queue; how many there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)
