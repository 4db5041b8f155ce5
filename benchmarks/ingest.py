"""Rate of the SMTP door, each letter committed before its 250, against aiosmtpd with a plain file.

The measure beside it is the same aiosmtpd in a process of its own that writes each letter to a
file and fsyncs it. Both are sent the same letters over 4 connections, in turns, in one run. The
door must reach a third. The worker rests while the ratio is taken; with it at work the door is
measured once more, for whoever wants to know. Run: python benchmarks/ingest.py
"""

from __future__ import annotations

import asyncio
import os
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from statistics import median

from aiosmtpd.smtp import SMTP, Envelope, Session

from heard.ground.tests.house import INBOX, free_port, letter, open_house, soon

LIMIT = 1 / 3
CONNECTIONS = 4
LETTERS = 300
ROUNDS = 5


class FileKeeper:
    """Writes each letter to a file of its own and fsyncs it before the 250."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """250 once the letter is on the disk."""
        self.kept += 1
        with (self.folder / f"{self.kept}.eml").open("wb") as file:
            file.write(envelope.original_content or b"")
            file.flush()
            os.fsync(file.fileno())
        return "250 Kept"


async def keep_files(port: int, folder: Path) -> None:
    """Serve a FileKeeper until killed."""

    keeper = FileKeeper(folder)

    def connection() -> SMTP:
        return SMTP(keeper, enable_SMTPUTF8=True, hostname="files")

    loop = asyncio.get_running_loop()
    async with await loop.create_server(connection, "127.0.0.1", port):
        await asyncio.Event().wait()


@contextmanager
def file_keeper(folder: Path) -> Iterator[int]:
    """The measure's process; its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, __file__, str(port), str(folder)])
    try:
        if not soon(lambda: answers(port)):
            raise SystemExit("The measure's process did not come up.")
        yield port
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    """Whether a mail server listens."""
    try:
        smtplib.SMTP("127.0.0.1", port, timeout=5).close()
    except OSError:
        return False
    return True


def rate(port: int, mark: str) -> float:
    """Letters a second over CONNECTIONS connections; `mark` makes the letters new ones."""
    texts = [letter_for(f"{mark}-{number}") for number in range(LETTERS)]

    def send(part: list[EmailMessage]) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as door:
            for one in part:
                door.send_message(one)

    parts = [texts[first::CONNECTIONS] for first in range(CONNECTIONS)]
    threads = [threading.Thread(target=send, args=(part,)) for part in parts]
    return LETTERS / timed(lambda: run_together(threads))


def letter_for(mark: str) -> EmailMessage:
    """A letter of about 2 KB."""
    return letter(f"Letter {mark}.\n" + "Can you tell me where it is? " * 60, subject=mark)


def run_together(threads: list[threading.Thread]) -> None:
    """Start all, wait for all."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def timed(work: Callable[[], None]) -> float:
    """Seconds that work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print both rates, round by round, and the ratio of their medians."""
    with tempfile.TemporaryDirectory() as place:
        files = Path(place) / "files"
        files.mkdir()
        settings = {"HEARD_SMTP_RATE": "0", "HEARD_WORKERS": "0"}
        with file_keeper(files) as port, open_house(Path(place) / "house", **settings) as house:
            house.furnish()
            rate(port, "warm"), rate(house.smtp_port, "warm")
            pairs = [
                (rate(port, f"file-{turn}"), rate(house.smtp_port, f"door-{turn}"))
                for turn in range(ROUNDS)
            ]
            with house.extra("worker"):
                busy = rate(house.smtp_port, "busy")
            (kept,) = house.ask("SELECT count(*) FROM gateway_envelope")
    report(pairs, busy, int(str(kept[0])))


def report(pairs: list[tuple[float, float]], busy: float, kept: int) -> None:
    """Print what was measured. The ratio is taken round by round, so that both meet one machine."""
    files, door = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(door / file for file, door in pairs)
    print(f"{LETTERS} letters of 2 KB to {INBOX} over {CONNECTIONS} connections, {ROUNDS} rounds")
    print(f"aiosmtpd, file and fsync   {files:7.0f} letters/s (median)")
    print(f"SMTP door, committed       {door:7.0f} letters/s (median), worker at rest")
    print(f"SMTP door, committed       {busy:7.0f} letters/s, worker at work")
    print(f"kept {kept} of {LETTERS * (ROUNDS + 2)}")
    print(f"ratio {ratio:.2f} of the file's rate; at least {LIMIT:.2f} is wanted")


if __name__ == "__main__":
    if sys.argv[1:]:
        asyncio.run(keep_files(int(sys.argv[1]), Path(sys.argv[2])))
    else:
        main()
