"""Jobs of the inbox: one line each."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard.inbox import departures, verbs
from heard.inbox.verbs import attending, drafts, leaving

AGAIN = RetryStrategy(max_attempts=20, wait=2)


@app.task(name="inbox.tasks.distribute", retry=AGAIN)
def distribute(conversation: int, **_: object) -> None:
    """Give a conversation that nobody has to somebody of its team."""
    verbs.distribute(conversation)


@app.task(name="inbox.tasks.distribute_many", retry=AGAIN)
def distribute_many(conversations: list[int], **_: object) -> None:
    """Give those of many that nobody has to somebody, after one act on all of them."""
    for conversation in conversations:
        verbs.distribute(conversation)


@app.task(name="inbox.tasks.let_go", retry=AGAIN)
def let_go(person: int, **_: object) -> None:
    """Give on what waits in the name of somebody who is away, or has left."""
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


@app.task(name="inbox.tasks.depart", retry=AGAIN)
def depart(message: int, **_: object) -> None:
    """Let a planned letter leave, if its time has come."""
    leaving.depart(message)


@app.periodic(cron="* * * * *")
@app.task(name="inbox.tasks.depart_overdue", queueing_lock="inbox.tasks.depart_overdue")
def depart_overdue(timestamp: int) -> None:
    """Let leave whatever should have left and has no job any more."""
    departures.sweep()


@app.periodic(cron="7 * * * *")
@app.task(name="inbox.tasks.set_clocks", queueing_lock="inbox.tasks.set_clocks")
def set_clocks(timestamp: int) -> None:
    """Nine o'clock stays nine o'clock where the rules of a time zone have changed."""
    departures.set_clocks()


@app.periodic(cron="23 * * * *")
@app.task(name="inbox.tasks.forget", queueing_lock="inbox.tasks.forget")
def forget(timestamp: int) -> None:
    """Forget who was there long ago, and drafts nobody came back to."""
    attending.sweep()
    drafts.sweep()
