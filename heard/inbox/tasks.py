"""Jobs of the inbox: one line each."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard.inbox import verbs

AGAIN = RetryStrategy(max_attempts=20, wait=2)


@app.task(name="inbox.tasks.distribute", retry=AGAIN)
def distribute(conversation: int, **_: object) -> None:
    """Give a conversation that nobody has to somebody of its team."""
    verbs.distribute(conversation)


@app.task(name="inbox.tasks.let_go", retry=AGAIN)
def let_go(person: int, **_: object) -> None:
    """Give on what waits in the name of somebody who is away."""
    verbs.let_go(person)


@app.task(name="inbox.tasks.distribute_waiting", retry=AGAIN)
def distribute_waiting(**_: object) -> None:
    """Somebody is here again: try those that could be given to nobody."""
    verbs.distribute_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="inbox.tasks.distribute_each_minute", queueing_lock="inbox.tasks.distribute")
def distribute_each_minute(timestamp: int) -> None:
    """Try again those that could be given to nobody: hours and loads change."""
    verbs.distribute_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="inbox.tasks.wake_due", queueing_lock="inbox.tasks.wake_due")
def wake_due(timestamp: int) -> None:
    """Wake the snoozed conversations whose time has come."""
    verbs.wake_due()


@app.task(name="inbox.tasks.take_off", retry=AGAIN)
def take_off(tag: int, **_: object) -> None:
    """Take a deleted tag off the conversations that carry it."""
    verbs.take_off(tag)


@app.task(name="inbox.tasks.bulk", retry=AGAIN)
def bulk(bulk: int, **_: object) -> None:
    """Do what is left of an act on many conversations."""
    verbs.go_on(bulk)
