"""Jobs of the border: one line each."""

from __future__ import annotations

from contextlib import suppress

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from heard.gateway import verbs
from heard.gateway.mailboxes import due
from heard.gateway.stalled import rescue, sweep

# The database was away, or another job held the row: soon again, and often.
AGAIN = RetryStrategy(max_attempts=50, wait=2)
# Croniter reads seconds from the last field: written first, they meant every second of each fifth
# minute, and jobs of a dead worker lay for four minutes.
EVERY_FIVE_SECONDS = "* * * * * */5"


@app.task(name="gateway.tasks.unseal", retry=AGAIN, pass_context=True)
def unseal(context: JobContext, /, inbox: int, **_: object) -> None:
    """Open the envelopes that wait in one inbox."""
    verbs.unseal_waiting(inbox, attempt=context.job.attempts)


@app.task(name="gateway.tasks.deliver", retry=AGAIN)
def deliver(message: int, **_: object) -> None:
    """Send one message."""
    verbs.deliver(message)


@app.task(name="gateway.tasks.deliver_again", retry=AGAIN)
def deliver_again(message: int, **_: object) -> None:
    """Try a postponed message once more."""
    verbs.deliver_again(message)


@app.task(name="gateway.tasks.forget", retry=AGAIN)
def forget(digests: list[str], **_: object) -> None:
    """Empty the envelopes of deleted letters."""
    verbs.forget(digests)


@app.task(name="gateway.tasks.fetch", retry=False)
def fetch(mailbox: int, **_: object) -> None:
    """Look into one mailbox; the next look is the retry."""
    verbs.fetch(mailbox)


@app.periodic(cron=EVERY_FIVE_SECONDS)
@app.task(name="gateway.tasks.look", queueing_lock="gateway.tasks.look")
def look(timestamp: int) -> None:
    """Start a look into each mailbox whose turn it is."""
    for mailbox in due():
        name = f"mailbox:{mailbox}"
        with suppress(AlreadyEnqueued):  # the look before still waits for its turn
            fetch.configure(lock=name, queueing_lock=name).defer(mailbox=mailbox)


@app.periodic(cron="*/5 * * * *")
@app.task(name="gateway.tasks.sweep", queueing_lock="gateway.tasks.sweep")
def sweep_forgotten(timestamp: int) -> None:
    """Give a job to every letter that waits without one."""
    sweep()


@app.periodic(cron=EVERY_FIVE_SECONDS)
@app.task(name="gateway.tasks.rescue", queueing_lock="gateway.tasks.rescue")
async def rescue_stalled(timestamp: int) -> None:
    """Give jobs of a worker that died back to the others."""
    await rescue(app)
