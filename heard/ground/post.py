"""The demo's post office: an SMTP door that lays each letter into HEARD_HOME/outbox."""

import asyncio
import os
import secrets
import signal
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from heard import environment
from heard.ground import home


class PostOffice:
    """Takes every letter and keeps it as one .eml file, written whole or not at all."""

    def __init__(self, outbox: Path) -> None:
        self.outbox = outbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the letter; the answer names the file, so that a receipt can be looked up."""
        name = keep(self.outbox, envelope.original_content or b"")
        return f"250 Kept as {name}"


def keep(outbox: Path, letter: bytes) -> str:
    """Write a letter into the outbox and return its file's name, which sorts by time."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    name = f"{stamp}-{secrets.token_hex(4)}.eml"
    draft = outbox / f".{name}"
    draft.write_bytes(letter)
    os.replace(draft, outbox / name)
    return name


def run() -> int:
    """Serve the demo's post office on HEARD_DEMO_POST_PORT until SIGTERM or SIGINT."""
    asyncio.run(_serve())
    return 0


async def _serve() -> None:
    office = PostOffice(home.outbox(environment.home()))
    size = environment.number("HEARD_SIZE_LIMIT") * 2
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)

    def connection() -> SMTP:
        return SMTP(office, data_size_limit=size, enable_SMTPUTF8=True, hostname="post.localhost")

    # Only this machine: the demo's letters are for reading, never for strangers to fill.
    server = await loop.create_server(
        connection, "127.0.0.1", environment.number("HEARD_DEMO_POST_PORT")
    )
    async with server:
        await asked.wait()
