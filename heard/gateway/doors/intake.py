"""Many letters at once, one commit: whoever waits at the door shares the disk's time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.db import close_old_connections

from heard.gateway import batches
from heard.gateway.arrival import Arrival
from heard.gateway.verbs import accept

BATCH = 50
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """Copies of one letter for the inboxes it goes to, and the word that they are kept."""

    arrivals: tuple[Arrival, ...]
    kept: asyncio.Future[None]

    @property
    def size(self) -> int:
        """How many bytes have to be written for it."""
        return sum(len(arrival.raw) for arrival in self.arrivals)


class Intake:
    """Hands letters to `accept`, all that wait together in one transaction."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        # One thread, so that the database connection and the order of letters stay one.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="intake")

    async def keep(self, arrivals: tuple[Arrival, ...]) -> None:
        """Return once the letter is committed; raise what the database raised if it is not."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._queue.put(Waiting(arrivals, kept))
        await kept

    async def ask(self, question: Callable[[], Result]) -> Result:
        """Run a question to the database in the same thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _tidy, question)

    async def run(self) -> None:
        """Serve those who wait, for ever."""
        while True:
            await self._serve(await self._gather())

    async def _gather(self) -> list[Waiting]:
        together = [await self._queue.get()]
        weight = together[0].size
        while len(together) < BATCH and weight < batches.BYTES and not self._queue.empty():
            together.append(self._queue.get_nowait())
            weight += together[-1].size
        return together

    async def _serve(self, together: list[Waiting]) -> None:
        try:
            await self._commit(together)
        except Exception as error:
            # Each is told by its own connection, which answers with a temporary failure.
            if len(together) > 1:
                await self._serve_singly(together)
                return
            # Whoever hung up meanwhile waits no more; a word to them would end this loop.
            if not together[0].kept.done():
                together[0].kept.set_exception(error)

    async def _serve_singly(self, together: list[Waiting]) -> None:
        """One letter that the database refuses must not hold up the others."""
        for waiting in together:
            await self._serve([waiting])

    async def _commit(self, together: list[Waiting]) -> None:
        arrivals = [arrival for waiting in together for arrival in waiting.arrivals]

        def commit() -> None:
            accept(arrivals)

        await self.ask(commit)
        for waiting in together:
            if not waiting.kept.done():
                waiting.kept.set_result(None)


def _tidy(question: Callable[[], Result]) -> Result:
    close_old_connections()
    try:
        return question()
    finally:
        close_old_connections()
