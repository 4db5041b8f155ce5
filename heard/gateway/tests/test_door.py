"""The SMTP door says 250 only for what is kept, and never sends a sender away for our own fault."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import OperationalError

from heard.conftest import Letter
from heard.gateway.doors import intake, smtp
from heard.gateway.models import Envelope

Door = Callable[..., smtplib.SMTP]
KNOWN = {"support@larkfield.example": 1, "accounts@larkfield.example": 2}


class Kept:
    """Stands in for the database: what was committed, and what it answers."""

    def __init__(self) -> None:
        self.arrivals: list = []
        self.error: Exception | None = None

    def accept(self, arrivals) -> None:
        if self.error is not None:
            raise self.error
        self.arrivals += arrivals


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    kept = Kept()
    monkeypatch.setattr(intake, "accept", kept.accept)
    monkeypatch.setattr(smtp.Directory, "read", _known)
    return kept


def _known(directory: smtp.Directory) -> None:
    directory._inboxes = KNOWN


@contextmanager
def opened() -> Iterator[int]:
    """The door of the product on a free port, in a thread of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ready, ends = Event(), []

    async def serve() -> None:
        stopped = asyncio.Event()
        ends.append((asyncio.get_running_loop(), stopped))
        serving = asyncio.create_task(smtp.serve(stopped))
        while not _answers(port):
            await asyncio.sleep(0.01)
        ready.set()
        await serving
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEARD_SMTP_PORT", str(port))
        thread = Thread(target=asyncio.run, args=(serve(),))
        thread.start()
        assert ready.wait(10)
        yield port
        loop, stopped = ends[0]
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.05):
            return True
    except OSError:
        return False


@pytest.fixture
def door(kept: Kept) -> Iterator[Door]:
    """Connect to the door: door() is a client that is closed at the end."""
    clients: list[smtplib.SMTP] = []
    with opened() as port:

        def connect() -> smtplib.SMTP:
            clients.append(smtplib.SMTP("127.0.0.1", port, local_hostname="test", timeout=10))
            return clients[-1]

        yield connect
        for client in clients:
            client.close()


SENDER, INBOX = "ines@duarte.example", "support@larkfield.example"


def test_a_letter_is_kept_as_it_came(door: Door, kept: Kept, letter: Letter) -> None:
    raw = letter("Olá\n.dot at the start\n").replace(b"\n", b"\r\n")
    door().sendmail(
        SENDER, [INBOX, "Support+tag@LARKFIELD.example", "accounts@larkfield.example"], raw
    )
    first, second = kept.arrivals
    assert (first.inbox, first.sender, first.raw) == (1, SENDER, raw)
    assert first.recipients == (INBOX, "Support+tag@LARKFIELD.example")
    assert (second.inbox, second.recipients) == (2, ("accounts@larkfield.example",))


@pytest.mark.parametrize(
    "address", ["support+r-abcd1234@larkfield.example", "SUPPORT@Larkfield.Example"]
)
def test_tagged_and_shouted_addresses_are_ours(door: Door, kept: Kept, address: str) -> None:
    door().sendmail(SENDER, [address], b"Subject: A\r\n\r\nHi")
    assert kept.arrivals[0].recipients == (address,)


def test_a_letter_from_nobody_has_no_sender(door: Door, kept: Kept, letter: Letter) -> None:
    door().sendmail("", [INBOX], letter())
    assert kept.arrivals[0].sender == ""


@pytest.mark.parametrize("address", ["nobody@larkfield.example", "support@elsewhere.example"])
def test_the_door_is_no_relay(door: Door, kept: Kept, address: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        door().sendmail(SENDER, [address], b"Subject: A\r\n\r\nHi")
    assert refused.value.recipients[address][0] == 550
    assert not kept.arrivals


@pytest.mark.parametrize("error", [OperationalError("gone"), RuntimeError("anything at all")])
def test_our_own_trouble_asks_the_sender_to_come_back(
    door: Door, kept: Kept, error: Exception
) -> None:
    kept.error = error
    client = door()
    with pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail(SENDER, [INBOX], b"Subject: A\r\n\r\nHi")
    assert refused.value.smtp_code == 451
    kept.error = None
    client.sendmail(SENDER, [INBOX], b"Subject: A\r\n\r\nHi")
    assert len(kept.arrivals) == 1


def test_the_directory_s_trouble_asks_the_sender_to_come_back(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_directory: smtp.Directory) -> None:
        raise OperationalError("gone")

    client = door()
    monkeypatch.setattr(smtp.Directory, "read", gone)
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail(SENDER, [INBOX], b"Subject: A\r\n\r\nHi")
    assert refused.value.recipients[INBOX][0] == 451


def test_a_sender_who_hangs_up_while_we_have_trouble_closes_no_door(
    door: Door, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = Event()

    def slow(arrivals) -> None:
        going.wait(10)
        raise OperationalError("gone")

    monkeypatch.setattr(intake, "accept", slow)
    client = door()
    client.mail(SENDER)
    client.rcpt(INBOX)
    client.docmd("DATA")
    client.send(b"Subject: A\r\n\r\nHi\r\n.\r\n")
    client.close()
    monkeypatch.setattr(intake, "accept", kept.accept)
    going.set()
    for _ in range(3):
        door().sendmail(SENDER, [INBOX], b"Subject: A\r\n\r\nHi")
    assert len(kept.arrivals) >= 3


def test_a_letter_said_to_be_too_large_is_refused_before_it_is_sent(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = door()
    client.ehlo()
    assert client.mail(SENDER, ["SIZE=26214401"])[0] == 552
    assert client.mail(SENDER, ["SIZE=26214400"])[0] == 250


@pytest.mark.parametrize("length", [998, 5_000, 200_000])
def test_lines_longer_than_the_standard_are_taken(door: Door, kept: Kept, length: int) -> None:
    raw = b"Subject: A\r\n\r\n" + b"x" * length + b"\r\n"
    door().sendmail(SENDER, [INBOX], raw)
    assert kept.arrivals[0].raw == raw


def test_too_many_letters_in_a_minute_are_put_off(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_SMTP_RATE", "2")
    # A minute that does not end: the limit counts anew with each.
    monkeypatch.setattr(smtp, "time", SimpleNamespace(monotonic=fixed))
    with opened() as port, smtplib.SMTP("127.0.0.1", port, local_hostname="t") as client:
        for _ in range(2):
            client.sendmail(SENDER, [INBOX], b"Subject: A\r\n\r\nHi")
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail(SENDER, [INBOX], b"Subject: A\r\n\r\nHi")
    assert refused.value.smtp_code == 450


def fixed() -> float:
    return 1000.0


def test_too_many_connections_are_turned_away_and_make_room_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_SMTP_CONNECTIONS", "2")
    with opened() as port:
        first = _when_there_is_room(port)
        second = _when_there_is_room(port)
        with pytest.raises(smtplib.SMTPConnectError) as refused:
            smtplib.SMTP("127.0.0.1", port, local_hostname="t")
        assert refused.value.smtp_code == 421
        first.quit()
        third = _when_there_is_room(port)
        for client in (second, third):
            client.quit()


def _when_there_is_room(port: int) -> smtplib.SMTP:
    for _ in range(200):
        try:
            return smtplib.SMTP("127.0.0.1", port, local_hostname="t")
        except smtplib.SMTPConnectError:
            Event().wait(0.01)
    raise AssertionError("The door stayed full")


def test_private_connections_give_their_place_back(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HEARD_SMTP_CONNECTIONS", "2")
    for name, path in certificate(tmp_path).items():
        monkeypatch.setenv(name, str(path))
    context = ssl._create_unverified_context()
    with opened() as port:
        for _ in range(6):
            with _when_there_is_room(port) as client:
                client.starttls(context=context)
                client.sendmail(SENDER, [INBOX], b"Subject: A\r\n\r\nHi")
    assert len(kept.arrivals) == 6


def certificate(folder: Path) -> dict[str, Path]:
    """A certificate for the loopback and its key, as the settings name them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    paths = {"HEARD_SMTP_CERT": folder / "cert.pem", "HEARD_SMTP_KEY": folder / "key.pem"}
    paths["HEARD_SMTP_CERT"].write_bytes(made.public_bytes(pem))
    paths["HEARD_SMTP_KEY"].write_bytes(private)
    return paths


@pytest.mark.django_db(transaction=True)
def test_what_is_acknowledged_is_committed(
    inbox, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as port, smtplib.SMTP("127.0.0.1", port, local_hostname="t") as client:
        client.sendmail(SENDER, [inbox.address], letter("Hello"))
        envelope = Envelope.objects.get()
    assert (envelope.inbox, envelope.source) == (inbox, "smtp")
    assert envelope.recipients == [inbox.address]
