"""The demo's post office: what leaves by SMTP lies in the outbox, byte for byte."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest

from heard.ground import post


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A post office that runs, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        free = int(door.getsockname()[1])
    words = [
        sys.executable,
        "-c",
        "import sys; from heard.ground import post; sys.exit(post.run())",
    ]
    environment = {**os.environ, "HEARD_HOME": str(tmp_path), "HEARD_DEMO_POST_PORT": str(free)}
    office = subprocess.Popen(words, env=environment)
    end = time.monotonic() + 10
    while not answers(free) and time.monotonic() < end:
        time.sleep(0.05)
    yield free
    office.send_signal(signal.SIGTERM)
    assert office.wait(10) == 0


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def letter() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "support@larkfield.example", "ines@duarte-joinery.example"
    mail["Subject"] = "Bandsaw blade"
    mail.set_content("Grüße\n.\nund ein Punkt allein.\n")
    return mail


def test_a_letter_that_leaves_lies_in_the_outbox(port: int, tmp_path: Path) -> None:
    with smtplib.SMTP("127.0.0.1", port) as session:
        session.send_message(letter())
    (kept,) = (tmp_path / "outbox").glob("*.eml")
    read = message_from_bytes(kept.read_bytes(), policy=letter().policy)
    assert read["Subject"] == "Bandsaw blade"
    assert read.get_content().replace("\r\n", "\n") == letter().get_content()


def test_letters_lie_in_the_order_they_came(tmp_path: Path) -> None:
    names = [post.keep(tmp_path, f"letter {number}".encode()) for number in range(20)]
    assert names == sorted(names)
    assert [path.name for path in sorted(tmp_path.iterdir())] == names
