"""Jobs of saved replies and macros: one line each."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard.automation import verbs

AGAIN = RetryStrategy(max_attempts=8, wait=3)


@app.task(name="automation.tasks.rename_tag", retry=AGAIN)
def rename_tag(was: str, called: str, **_: object) -> None:
    """A tag has got another name."""
    verbs.rename_in_steps(was, called)
