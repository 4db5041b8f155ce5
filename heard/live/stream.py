"""The live streams of a web process: one LISTEN, many open pages, server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import psycopg
from django.conf import settings
from django.core.signing import BadSignature
from psycopg import sql
from psycopg.conninfo import make_conninfo
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from heard.live import tickets
from heard.live.notices import CHANNEL

log = logging.getLogger("heard.live")

HEARTBEAT_SECONDS = 15
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
# Whoever only listens learns from the kernel alone that the server vanished without a word.
KEEPALIVES = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
# A page that reads slower than this many notices behind is told to look again instead.
BACKLOG = 100
END = ""
HEAL = json.dumps({"name": "heal", "topics": ["*"]})


@dataclass(eq=False)
class Listener:
    """One open page: the topics it may hear and the notices waiting for it."""

    topics: frozenset[str]
    waiting: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(BACKLOG))

    def end(self) -> None:
        """Let the stream end after what it is saying; the page comes back by itself."""
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(END)

    def offer(self, notice: str) -> None:
        """Queue a notice; a full queue is emptied and replaced by one call to heal."""
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            notice = HEAL
        self.waiting.put_nowait(notice)


listeners: set[Listener] = set()


def spread(notice: str) -> None:
    """Hand a notice to every page that may hear one of its topics."""
    topics = set(json.loads(notice)["topics"])
    for listener in listeners:
        if listener.topics & topics:
            listener.offer(notice)


def heal_all() -> None:
    """Ask every open page to look again: notices may have been missed."""
    for listener in listeners:
        listener.offer(HEAL)


def end_all() -> None:
    """End every stream: at a stop the server waits for its answers, and these never end alone."""
    for listener in listeners:
        listener.end()


async def hear() -> None:
    """Listen for ever, coming back with growing pauses when the database is away."""
    pause = SHORTEST_PAUSE
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await _hear_once()
        except psycopg.Error:
            log.info("The database is away; live notices wait %.1f s", pause)
        if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
            pause = SHORTEST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _hear_once() -> None:
    database = make_conninfo(settings.DATABASE_URL, **KEEPALIVES)
    connection = await psycopg.AsyncConnection.connect(database, autocommit=True)
    async with connection:
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        heal_all()
        async for notice in connection.notifies():
            spread(notice.payload)


async def stream(request: Request) -> Response:
    """GET /live?ticket=…: notices as server-sent events until the ticket's time is over."""
    try:
        topics = tickets.read(request.query_params.get("ticket", ""))
    except BadSignature:
        return PlainTextResponse("The ticket is not valid any more.", status_code=403)
    return StreamingResponse(
        _notices(Listener(topics)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _notices(listener: Listener) -> AsyncIterator[str]:
    listeners.add(listener)
    ends = asyncio.get_running_loop().time() + tickets.LASTS_SECONDS
    try:
        yield "retry: 1000\n: listening\n\n"
        while asyncio.get_running_loop().time() < ends and (words := await _next(listener)):
            yield words
    finally:
        listeners.discard(listener)


async def _next(listener: Listener) -> str:
    with contextlib.suppress(TimeoutError):
        notice = await asyncio.wait_for(listener.waiting.get(), HEARTBEAT_SECONDS)
        return END if notice == END else f"data: {notice}\n\n"
    return ": still here\n\n"
