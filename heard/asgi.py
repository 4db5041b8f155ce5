"""One port: live streams on the event loop, pages beside them in threads.

Why so, with figures: docs/decisions/0002-one-port.md.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

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
    yield
    hearing.cancel()


threaded = bridge.pages(
    pages,
    threads=environment.number("HEARD_WEB_THREADS"),
    limit=environment.number("HEARD_SIZE_LIMIT") + FORM_BYTES,
)
application = Starlette(
    routes=[Route("/live", stream.stream), Mount("/", threaded)], lifespan=lifespan
)
