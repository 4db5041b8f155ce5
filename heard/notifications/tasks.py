"""Jobs that tell people: one line each."""

from __future__ import annotations

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard import clock
from heard.notifications import digest as digests
from heard.notifications import push as pushing
from heard.notifications import telling, verbs

AGAIN = RetryStrategy(max_attempts=8, wait=3)
# A push service that is away is asked again after 10, 100 and 1000 seconds.
SLOWLY = RetryStrategy(max_attempts=4, exponential_wait=10)
# What lies longer than this in a list of news is none.
KEPT = timedelta(days=90)


@app.task(name="notifications.tasks.letter", retry=AGAIN)
def letter(message: int, **_: object) -> None:
    """A customer has written."""
    telling.letter(message)


@app.task(name="notifications.tasks.note", retry=AGAIN)
def note(message: int, mentions: list[int], **_: object) -> None:
    """A colleague took a note."""
    telling.note(message, mentions)


@app.task(name="notifications.tasks.assigned", retry=AGAIN)
def assigned(conversation: int, **_: object) -> None:
    """Somebody was given a conversation."""
    telling.assigned(conversation)


@app.task(name="notifications.tasks.given", retry=AGAIN)
def given(conversation: int, **_: object) -> None:
    """A team was given a conversation."""
    telling.given(conversation)


@app.task(name="notifications.tasks.bulk", retry=AGAIN)
def bulk(bulk: int, **_: object) -> None:
    """An act on many conversations is done: somebody may have been given them."""
    telling.bulk(bulk)


@app.task(name="notifications.tasks.level", retry=AGAIN)
def level(conversation: int, kind: str = "", **_: object) -> None:
    """A service level is nearly due, or was missed."""
    telling.level(conversation, kind)


@app.task(name="notifications.tasks.trouble", retry=AGAIN)
def trouble(conversation: int, message: int, **_: object) -> None:
    """A letter could not leave or came back."""
    telling.trouble(conversation, message, "message.failed", "message.bounced")


@app.task(name="notifications.tasks.held_back", retry=AGAIN)
def held_back(conversation: int, message: int, **_: object) -> None:
    """A letter was not sent, because the customer wrote first."""
    telling.trouble(conversation, message, "message.held-back")


@app.task(name="notifications.tasks.push", retry=SLOWLY)
def push(notification: int, **_: object) -> None:
    """Push one notification to its person's browsers."""
    pushing.push(notification)


@app.task(name="notifications.tasks.digest", retry=AGAIN)
def digest(user: int, **_: object) -> None:
    """Mail one person what they have not read."""
    digests.send(user)


@app.periodic(cron="*/5 * * * *")
@app.task(name="notifications.tasks.digests", queueing_lock="notifications.tasks.digests")
def start_digests(timestamp: int) -> None:
    """Start the digests that are due."""
    digests.start_due()


@app.periodic(cron="17 3 * * *")
@app.task(name="notifications.tasks.forget", queueing_lock="notifications.tasks.forget")
def forget(timestamp: int) -> None:
    """Remove old notifications."""
    verbs.forget_before(clock.now() - KEPT)
