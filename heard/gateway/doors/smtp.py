"""The SMTP door: takes letters for the addresses of our inboxes, and for nobody else."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import ssl
import time
from collections import Counter, defaultdict

from aiosmtpd.smtp import SMTP, Envelope, Session

from heard import environment
from heard.channels.email.fingerprint import has_own_id
from heard.gateway.arrival import Arrival
from heard.gateway.doors.addresses import Directory
from heard.gateway.doors.intake import Intake
from heard.gateway.models import Envelope as Kept

log = logging.getLogger("heard.door")

LATER = "451 4.3.0 We can't take letters for a moment. Please try again soon."


class Limits:
    """How many connections at once, and how many letters a minute from one address."""

    def __init__(self, connections: int, letters: int) -> None:
        self.connections = connections
        self.letters = letters
        self.open = 0
        self._minute = 0
        self._letters: Counter[str] = Counter()

    def too_many_letters(self, peer: str) -> bool:
        """Count one more letter of this peer and tell whether that is above the limit."""
        if not self.letters:
            return False
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute = minute
            self._letters.clear()
        self._letters[peer] += 1
        return self._letters[peer] > self.letters


class Door:
    """What aiosmtpd asks at each step of a letter's arrival."""

    def __init__(self, intake: Intake, limits: Limits) -> None:
        self.intake = intake
        self.limits = limits
        self.directory = Directory()

    async def handle_RCPT(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """250 for an address of ours, 550 for any other."""
        if not self.directory.is_fresh:
            await self.intake.ask(self.directory.read)
        if self.directory.inbox_at(address) is None:
            return "550 5.1.1 No inbox here has this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        """250 once the letter is committed, never before."""
        if self.limits.too_many_letters(peer_of(session)):
            return "450 4.7.1 Too many letters in a minute. Please slow down."
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        arrivals = self._arrivals(raw, envelope)
        if not arrivals:
            return LATER  # the inbox went away between RCPT and DATA
        try:
            await self.intake.keep(arrivals)
        except Exception as error:
            return await self.handle_exception(error)
        return "250 2.0.0 Kept"

    async def handle_exception(self, error: Exception) -> str:
        """451 for whatever goes wrong with us: a 5xx would make the sender give up."""
        log.warning("A letter was put off: %s", type(error).__name__)
        return LATER

    def _arrivals(self, raw: bytes, envelope: Envelope) -> tuple[Arrival, ...]:
        """One copy for each inbox among the recipients."""
        once = "" if has_own_id(raw) else secrets.token_hex(8)
        by_inbox: dict[int, list[str]] = defaultdict(list)
        for address in envelope.rcpt_tos:
            if (inbox := self.directory.inbox_at(address)) is not None:
                by_inbox[inbox].append(address)
        return tuple(
            Arrival(
                inbox=inbox,
                raw=raw,
                source=Kept.Source.SMTP,
                # A bounce comes from «<>»: nobody (RFC 5321, 4.5.5).
                sender=(envelope.mail_from or "").strip("<>"),
                recipients=tuple(addresses),
                once=once,
            )
            for inbox, addresses in by_inbox.items()
        )


class Protocol(SMTP):
    """aiosmtpd's protocol, with a limit on connections."""

    # RFC 5321 allows a thousand, many a program sends more, and a letter is a letter.
    line_length_limit = 1_000_000
    limits: Limits
    counted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet, or turn away when the door is full."""
        if self.counted:
            # The same connection again, private from now on (STARTTLS).
            super().connection_made(transport)
            return
        if self.limits.open >= self.limits.connections and isinstance(
            transport, asyncio.WriteTransport
        ):
            transport.write(b"421 4.7.0 Too many connections. Please come back in a minute.\r\n")
            transport.close()
            return
        self.limits.open += 1
        self.counted = True
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for the next."""
        if self.counted:
            self.limits.open -= 1
            super().connection_lost(error)


def peer_of(session: Session) -> str:
    """The address a letter comes from."""
    return str(session.peer[0]) if session.peer else ""


def tls() -> ssl.SSLContext | None:
    """The context of STARTTLS when a certificate is given; read anew, for one that was renewed."""
    certificate = environment.read("HEARD_SMTP_CERT")
    if not certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, environment.read("HEARD_SMTP_KEY") or None)
    return context


def protocol(door: Door) -> Protocol:
    """A connection's protocol, with the limits of the settings."""
    made = Protocol(
        door,
        data_size_limit=environment.number("HEARD_SIZE_LIMIT"),
        enable_SMTPUTF8=True,
        decode_data=False,
        hostname="heard",
        ident="Heard",
        tls_context=tls(),
        timeout=120,
    )
    made.limits = door.limits
    return made


async def serve(stopped: asyncio.Event) -> None:
    """Keep the door open until `stopped` is set."""
    limits = Limits(
        environment.number("HEARD_SMTP_CONNECTIONS"), environment.number("HEARD_SMTP_RATE")
    )
    intake = Intake()
    door = Door(intake, limits)

    def made() -> Protocol:
        return protocol(door)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        made, environment.read("HEARD_BIND"), environment.number("HEARD_SMTP_PORT")
    )
    serving = asyncio.create_task(intake.run())
    async with server:
        await stopped.wait()
    serving.cancel()


async def _until_told() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await serve(stopped)


def run() -> int:
    """The process behind `heard door`."""
    asyncio.run(_until_told())
    return 0
