"""A post office on the loopback for the tests of sending."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP


class Post:
    """It answers as it was told to, and keeps what it took."""

    def __init__(self, mail: str = "", data: str = "250 2.0.0 Taken as 4711", **rcpt: str) -> None:
        self.mail, self.data, self.rcpt = mail, data, rcpt
        self.taken: list[Any] = []

    async def handle_MAIL(self, _s: Any, _e: Any, envelope: Any, address: str, _o: Any) -> str:
        envelope.mail_from = address
        return self.mail or "250 OK"

    async def handle_RCPT(self, _s: Any, _e: Any, envelope: Any, address: str, _o: Any) -> str:
        answer = self.rcpt.get(address.partition("@")[0], "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _s: Any, _e: Any, envelope: Any) -> str:
        self.taken.append(envelope)
        return self.data


@contextmanager
def open_post(post: Post, tls: ssl.SSLContext | None = None, **settings: Any) -> Iterator[int]:
    """Open it on a free port, which is given; ``tls`` secures the connection from its start."""
    loop = asyncio.new_event_loop()

    def answer() -> SMTP:
        return SMTP(post, hostname="post.example", loop=loop, **settings)

    server = loop.run_until_complete(loop.create_server(answer, "127.0.0.1", 0, ssl=tls))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_shut(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _shut(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    # The transports close their sockets one round later.
    await asyncio.sleep(0)
