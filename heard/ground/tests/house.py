"""A whole Heard in a home of its own: for the stories, the crash test and the benchmarks."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import psycopg

from heard.ground import postgres

START_LIMIT = 120.0
STOP_LIMIT = 60.0
INBOX = "support@larkfield.example"
PASSWORD = "a bench, a vice, a lamp"


class NotReady(Exception):
    """Heard did not come up; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class House:
    """A running `heard serve`: where its doors are, and how to look behind them."""

    at: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def web(self) -> str:
        """The address of the pages, without a slash at its end."""
        return f"http://localhost:{self.environment['HEARD_PORT']}"

    @property
    def smtp_port(self) -> int:
        """Where letters come in."""
        return int(self.environment["HEARD_SMTP_PORT"])

    def log(self) -> str:
        """Everything said so far."""
        return (self.at / "log").read_text(errors="replace")

    def run(self, *words: str) -> str:
        """Run Python with these words in this house, and return what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            timeout=START_LIMIT,
        )
        return done.stdout

    def furnish(self, *, listening: bool = True) -> None:
        """Bring in the people and the inbox of furnish.py, which listens to letters or not."""
        words = [] if listening else ["--deaf"]
        self.run("-m", "heard.ground.tests.furnish", *words)

    @contextmanager
    def extra(self, room: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run `heard ROOM` beside the others for the block."""
        with (self.at / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "heard", room], env=self.environment, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            _end(process)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Ask the database directly, as no page would."""
        with psycopg.connect(postgres.dsn(self.at), connect_timeout=5) as connection:
            return connection.execute(question).fetchall()  # type: ignore[call-overload,no-any-return]

    def pids(self, room: str) -> list[int]:
        """The processes of web, worker, door or postgres; the database's own children too."""
        children = _children(self.process.pid)
        if room == "postgres":
            servers = [pid for pid in children if _words(pid)[:1] == ["postgres"]]
            return servers + [one for pid in servers for one in _children(pid)]
        return [pid for pid in children if _words(pid)[-3:] == ["-m", "heard", room]]

    def door(self) -> smtplib.SMTP:
        """A connection to the SMTP door."""
        return smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=30)

    def send(self, letter: EmailMessage) -> None:
        """Hand a letter to the SMTP door; smtplib's own exceptions when it is not taken."""
        with self.door() as door:
            door.send_message(letter)


@contextmanager
def open_house(at: Path, **settings: str) -> Iterator[House]:
    """Start Heard in the home `at` on free ports and stop it after the block.

    Raises NotReady with what it said when it does not come up.
    """
    at.mkdir(parents=True, exist_ok=True)
    environment = _environment(at, settings)
    with (at / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "heard", "serve"], env=environment, stdout=log, stderr=log
        )
    house = House(at, environment, process)
    try:
        _await_ready(house)
        yield house
    finally:
        _end(process)


def letter(
    text: str,
    *,
    subject: str,
    sender: str = "Inês Duarte <ines@duarte-joinery.example>",
    message_id: str = "",
    answers: str = "",
) -> EmailMessage:
    """A letter to the inbox of furnish.py; `answers` is the Message-ID it replies to."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, INBOX, subject
    mail["Message-ID"] = message_id or f"<{time.time_ns()}@duarte-joinery.example>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(text)
    return mail


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def soon(true: Callable[[], object], limit: float = 15, pause: float = 0.05) -> bool:
    """Wait until `true()` is; False when it is not within `limit` seconds."""
    end = time.monotonic() + limit
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def _environment(at: Path, settings: dict[str, str]) -> dict[str, str]:
    inherited = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("HEARD_") and key not in {"DATABASE_URL", "PYTHONWARNINGS"}
    }
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "heard.settings",
        "HEARD_HOME": str(at),
        "HEARD_PORT": str(free_port()),
        "HEARD_SMTP_PORT": str(free_port()),
        "PYTHONUNBUFFERED": "1",
        **settings,
    }


def _await_ready(house: House) -> None:
    def settled() -> bool:
        return "Heard is ready" in house.log() or house.process.poll() is not None

    if not soon(settled, START_LIMIT) or house.process.poll() is not None:
        raise NotReady(house.log())


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _children(pid: int) -> list[int]:
    numbered = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [one for one in numbered if _parent(one) == pid]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _words(pid: int) -> list[str]:
    """The command line; for the database its program's bare name, whatever it calls itself."""
    try:
        if Path(f"/proc/{pid}/comm").read_text().strip() == "postgres":
            return ["postgres"]
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
