"""Jobs of the listener: one line each."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard.events.queries import is_queued
from heard.readings import verbs


@app.task(name="readings.tasks.listen", retry=RetryStrategy(max_attempts=8, wait=3))
def listen(conversation: int, **_: object) -> None:
    """Read one conversation, unless a job that waits behind this one will read it anyway."""
    if not is_queued("readings.tasks.listen", conversation):
        verbs.listen(conversation)
