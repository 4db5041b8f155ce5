"""Jobs of the service levels: one line each."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard.events.verbs import overtake
from heard.levels import verbs

AGAIN = RetryStrategy(max_attempts=20, wait=2)
ALL = "levels"


@app.task(name="levels.tasks.settle", retry=AGAIN)
def settle(conversation: int, **_: object) -> None:
    """Work out the terms of one conversation, with all that happened in it by now."""
    overtake("levels.tasks.settle", f"conversation:{conversation}")
    verbs.settle(conversation)


@app.task(name="levels.tasks.settle_many", retry=AGAIN)
def settle_many(conversations: list[int], **_: object) -> None:
    """Work out the terms of many, after one act on all of them."""
    verbs.settle_many(conversations)


@app.task(name="levels.tasks.resettle", retry=AGAIN)
def resettle(**_: object) -> None:
    """A policy or its hours changed: begin to settle all that is not closed."""
    # What is still on its way through them would only be overtaken.
    overtake("levels.tasks.resettle_some", ALL)
    resettle_some.configure(lock=f"levels.tasks.resettle_some:{ALL}").defer(after=0)


@app.task(name="levels.tasks.resettle_some", retry=AGAIN)
def resettle_some(after: int, **_: object) -> None:
    """Settle a batch and go on to the next."""
    if last := verbs.resettle(after):
        resettle_some.configure(lock=f"levels.tasks.resettle_some:{ALL}").defer(after=last)


@app.periodic(cron="* * * * *")
@app.task(name="levels.tasks.tell", queueing_lock="levels.tasks.tell")
def tell(timestamp: int) -> None:
    """Tell of what falls due soon, and of what has."""
    verbs.tell_due()
