"""One port: live streams on the event loop, pages beside them in threads.

Why so, with figures: docs/decisions/0002-one-port.md.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from heard import environment
from heard.live import stream
from heard.wsgi import application as pages


@contextlib.asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    """Listen while the process lives; stop listening before it ends."""
    hearing = asyncio.create_task(stream.hear())
    yield
    hearing.cancel()


threaded = WSGIMiddleware(cast(Any, pages), workers=environment.number("HEARD_WEB_THREADS"))
application = Starlette(
    routes=[Route("/live", stream.stream), Mount("/", cast(ASGIApp, threaded))],
    lifespan=lifespan,
)
