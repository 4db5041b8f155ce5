"""2,000 letters over 4 connections while everything behind the door is killed at random moments.

The sender behaves like a mail server: what was not acknowledged is sent again, under the same
Message-ID. At the end every letter that was acknowledged must be there, and be there once.
"""

from __future__ import annotations

import os
import random
import signal
import smtplib
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from heard.ground.tests.house import House, letter, open_house, soon

LETTERS = 2_000
CONNECTIONS = 4
KILLS = 16
SEED = 20261122
SENDING_LIMIT = 120.0
OPENING_LIMIT = 300.0
LETTERS_A_CONVERSATION = 5

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="finds the processes to kill under /proc"
)


@dataclass
class Ledger:
    """What the sender knows: the letters that were acknowledged."""

    acknowledged: list[int] = field(default_factory=list)
    attempts: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Heard, running with two workers, and nothing that slows a sender down.

    The inbox does not listen to what its letters say: that would take most of the test's time.
    """
    settings = {"HEARD_SMTP_RATE": "0", "HEARD_WORKERS": "2"}
    with open_house(tmp_path / "house", **settings) as running:
        running.furnish(listening=False)
        yield running


def test_every_acknowledged_letter_is_there_exactly_once(house: House) -> None:
    ledger = Ledger()
    senders = [
        threading.Thread(target=send, args=(house, ledger, range(first, LETTERS, CONNECTIONS)))
        for first in range(CONNECTIONS)
    ]
    for sender in senders:
        sender.start()
    try:
        killed = kill_at_random(house, ledger)
    finally:
        for sender in senders:
            sender.join(SENDING_LIMIT)
        ledger.stopped.set()
    assert sorted(ledger.acknowledged) == list(range(LETTERS)), "not every letter was taken"
    assert soon(lambda: nothing_waits(house), OPENING_LIMIT, pause=0.5), house.log()[-4000:]

    kept = Counter(str(row[0]) for row in house.ask("SELECT message_id FROM inbox_message"))
    assert kept == Counter(message_id(number).strip("<>") for number in ledger.acknowledged)
    assert house.ask("SELECT error FROM gateway_envelope WHERE state = 'failed'") == []
    words = house.ask("SELECT message_id, text FROM inbox_message")
    assert all(str(row[0]).split("@")[0] in str(row[1]) for row in words)
    print(f"{ledger.attempts} attempts, {len(killed)} kills: {Counter(killed)}")


def send(house: House, ledger: Ledger, numbers: range) -> None:
    """Send these letters over one connection; begin a new one whenever it breaks."""
    waiting = list(numbers)
    while waiting and not ledger.stopped.is_set():
        with suppress(smtplib.SMTPException, OSError), house.door() as door:
            while waiting:
                ledger.attempts += 1
                door.send_message(numbered(waiting[0]))
                ledger.acknowledged.append(waiting.pop(0))
        time.sleep(0.05)


def numbered(number: int) -> EmailMessage:
    """A letter that says its number; five in a row are of one conversation."""
    conversation = number // LETTERS_A_CONVERSATION
    first = message_id(conversation * LETTERS_A_CONVERSATION)
    return letter(
        f"This is letter-{number}. Can you confirm that it came?",
        subject=f"Order {conversation}",
        sender=f"Buyer <buyer{conversation}@customers.example>",
        message_id=message_id(number),
        answers="" if message_id(number) == first else first,
    )


def message_id(number: int) -> str:
    return f"<letter-{number}@customers.example>"


def kill_at_random(house: House, ledger: Ledger) -> list[str]:
    """Kill -9 at seeded moments of the sending, and a few times more while letters are opened."""
    chance = random.Random(SEED)
    moments = sorted(chance.randrange(LETTERS) for _ in range(KILLS))
    killed = []
    for moment in moments:
        soon(lambda moment=moment: len(ledger.acknowledged) >= moment, SENDING_LIMIT, pause=0.005)
        time.sleep(chance.uniform(0, 0.05))
        killed.append(kill(house, chance))
    soon(lambda: len(ledger.acknowledged) == LETTERS, SENDING_LIMIT)
    for _ in range(4):
        time.sleep(chance.uniform(0.2, 2))
        killed.append(kill(house, chance))
    return killed


def kill(house: House, chance: random.Random) -> str:
    """Kill one of the house's processes, or one of the database's own; its name."""
    rooms = ["web", "worker", "worker", "listener", "door", "postgres", "postgres"]
    room = chance.choice(rooms)
    for pid in chance.sample(found := house.pids(room), min(1, len(found))):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return room


def nothing_waits(house: House) -> bool:
    """Whether every envelope is opened; False too while the database comes back."""
    with suppress(psycopg.OperationalError):
        return house.ask("SELECT 1 FROM gateway_envelope WHERE state = 'waiting' LIMIT 1") == []
    return False
