"""One port: live streams on the event loop, pages beside them in threads.

Why so, with figures: docs/decisions/0002-one-port.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterator
from types import FrameType

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from heard import environment
from heard.ground import bridge
from heard.live import stream
from heard.wsgi import application as pages

# A form that carries a file of the largest size has some words around it.
FORM_BYTES = 1 << 20


@contextlib.asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    """Listen while the process lives; stop listening before it ends."""
    hearing = asyncio.create_task(stream.hear())
    with streams_end_first():
        yield
    hearing.cancel()


@contextlib.contextmanager
def streams_end_first() -> Iterator[None]:
    """At a signal to stop, end the live streams, then do what the server does at that signal.

    Its own stop waits for every answer before the lifespan may end anything.
    """
    loop = asyncio.get_running_loop()
    servers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stream.end_all)
        server = servers[signal.Signals(number)]
        if callable(server):
            server(number, frame)

    for number in servers:
        signal.signal(number, stop)
    yield
    for number, server in servers.items():
        signal.signal(number, server)


threaded = bridge.pages(
    pages,
    threads=environment.number("HEARD_WEB_THREADS"),
    limit=environment.number("HEARD_SIZE_LIMIT") + FORM_BYTES,
)
application = Starlette(
    routes=[Route("/live", stream.stream), Mount("/", threaded)], lifespan=lifespan
)
