"""From envelopes that wait to messages that are visible, with one worker, against 40 a second.

Letters are taken by the SMTP door while no worker runs; then one worker starts, and the time from
its first visible message to its last is taken. What follows a message (listening to it) runs
beside, as it always does. Run: python benchmarks/open.py
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from heard.ground.tests.house import House, letter, open_house

LIMIT = 40.0
LETTERS = 400
PATIENCE = 45.0


def main() -> None:
    """Print how many messages a second became visible, and the ratio to the limit."""
    with tempfile.TemporaryDirectory() as place:
        settings = {"HEARD_SMTP_RATE": "0", "HEARD_WORKERS": "0"}
        with open_house(Path(place) / "house", **settings) as house:
            house.furnish()
            fill(house)
            with house.extra("worker") as worker:
                opened, seconds, busy = watch(house, worker.pid)
    rate = opened / seconds
    print(f"{opened} of {LETTERS} waiting envelopes opened in {seconds:.1f} s by one worker,")
    print(f"which used {busy / opened * 1000:.0f} ms of processor time a message")
    print(f"{rate:.1f} messages/s; ratio {rate / LIMIT:.2f} of the {LIMIT:.0f}/s wanted")


def fill(house: House) -> None:
    """Put LETTERS letters of a hundred people behind the door."""
    with house.door() as door:
        for number in range(LETTERS):
            sender = f"Buyer <buyer{number % 100}@customers.example>"
            text = "The band came off again. When will the new wheel arrive?\n\nThank you"
            door.send_message(letter(text, subject=f"Order {number}", sender=sender))


def watch(house: House, worker: int) -> tuple[int, float, float]:
    """What happens after the first look that saw messages.

    Gives how many more became visible, in how many seconds, and the worker's processor seconds.
    """
    while not (first := visible(house)):
        time.sleep(0.02)
    began, spent = time.perf_counter(), processor(worker)
    while (last := visible(house)) < LETTERS and time.perf_counter() - began < PATIENCE:
        time.sleep(0.25)  # each look is a new connection, which costs the machine something too
    return last - first, time.perf_counter() - began, processor(worker) - spent


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used (Linux; 0 elsewhere)."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def visible(house: House) -> int:
    """How many messages there are."""
    ((count,),) = house.ask("SELECT count(*) FROM inbox_message")
    return int(str(count))


if __name__ == "__main__":
    main()
