"""Jobs of the listener: one line each."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from heard.events.verbs import overtake
from heard.readings import verbs


@app.task(name="readings.tasks.listen", retry=RetryStrategy(max_attempts=8, wait=3))
def listen(conversation: int, **_: object) -> None:
    """Read one conversation, with all that came to it by now."""
    overtake("readings.tasks.listen", f"conversation:{conversation}")
    verbs.listen(conversation)
