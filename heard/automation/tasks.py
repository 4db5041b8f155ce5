"""Jobs of saved replies, macros and rules: one line each."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard.automation import verbs

AGAIN = RetryStrategy(max_attempts=8, wait=3)


@app.task(name="automation.tasks.consider", retry=AGAIN)
def consider(event: int, **_: object) -> None:
    """Something has happened that a rule waits for."""
    verbs.consider(event)


@app.task(name="automation.tasks.consider_many", retry=AGAIN)
def consider_many(events: list[int], **_: object) -> None:
    """Many things that a rule waits for have happened by one act."""
    for event in events:
        verbs.consider(event)


@app.periodic(cron="17 4 * * *")
@app.task(name="automation.tasks.forget_old", queueing_lock="automation.tasks.forget_old")
def forget_old(timestamp: int) -> None:
    """Drop what the log of rules has kept long enough."""
    verbs.forget_old()
