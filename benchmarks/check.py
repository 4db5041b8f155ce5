"""Time the coach: `check()` of a 200-word draft against 20 turns, p95 against its limit of 20 ms.

Also prints what reading costs: turns a second, and how the time grows with the conversation and
with one long turn (a ratio near 1 is linear). Run: python benchmarks/check.py
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter, process_time

from heard.listening import Turn, check, read

LIMIT_MS = 20.0
READ_LIMIT_MS = 5.0
RUNS = 200
BEGAN = datetime(2026, 11, 16, 9, tzinfo=UTC)

ASKED = (
    "Hello,\n\nthe band of my saw number {n} came off again this morning, and I am quite worried "
    "about the order I have to finish. When will the new wheel arrive, and could you tell me "
    "whether the old guide fits? I have already sent two photographs. Please call me rather than "
    "write, I am in the workshop all day.\n\nThank you,\nInes"
)
ANSWERED = (
    "Hi Ines,\n\nI'm sorry to hear that the band came off again; with an order to finish that must "
    "be stressful. The wheel left our warehouse yesterday and should be with you on Thursday. What "
    "do you see when you turn wheel {n} by hand? I'll ask our workshop about the guide and call "
    "you by tomorrow noon.\n\nBest wishes,\nTom"
)
SENTENCE = "We looked at photo {n} and the guide will fit if you move the stop by two millimetres. "


def conversation(turns: int) -> list[Turn]:
    """A conversation of a number of turns, customer and colleague in turn."""
    return [
        Turn(
            speaker="agent" if n % 2 else "customer",
            name="Tom Okafor" if n % 2 else "Ines Duarte",
            text=(ANSWERED if n % 2 else ASKED).format(n=n),
            at=BEGAN + timedelta(hours=n),
            zone="Europe/London",
        )
        for n in range(turns)
    ]


def draft(words: int) -> str:
    """A draft of about so many words that uses most rules."""
    text = ANSWERED.format(n=0)
    n = 0
    while len(text.split()) < words:
        n += 1
        text += " " + SENTENCE.format(n=n)
    return text


def timed_check() -> None:
    """Print the median and p95 of check() and the ratio of p95 to the limit."""
    turns, reply = conversation(20), draft(200)
    check(reply, turns, at=BEGAN)  # the word lists load on first use
    took = []
    for n in range(RUNS):
        began = perf_counter()
        check(f"{reply} {n}", turns, at=BEGAN)
        took.append((perf_counter() - began) * 1000)
    p95 = quantiles(took, n=20)[-1]
    print(
        f"check(): {len(reply.split())} words against 20 turns, {RUNS} runs: median "
        f"{median(took):.1f} ms, p95 {p95:.1f} ms; "
        f"p95 / limit {LIMIT_MS:.0f} ms = {p95 / LIMIT_MS:.2f}"
    )


def timed_read() -> None:
    """Print what a conversation of 10 turns costs, and the ratio to its limit."""
    turns = conversation(10)
    took = []
    for _ in range(RUNS):
        began = perf_counter()
        read(turns)
        took.append((perf_counter() - began) * 1000)
    middle = median(took)
    print(
        f"read(): 10 turns of about 60 words: median {middle:.2f} ms, {10_000 / middle:,.0f} turns "
        f"a second; median / limit {READ_LIMIT_MS:.0f} ms = {middle / READ_LIMIT_MS:.2f}"
    )


def growth() -> None:
    """Print how the cost per turn and per character grows from small to large."""
    small, large = _cost(conversation(50)), _cost(conversation(1_000))
    print(f"1,000 turns against 50: cost per turn x {large / 1_000 / (small / 50):.2f}")
    short = [Turn(speaker="customer", text=ASKED.format(n=1) * 30)]
    long = [Turn(speaker="customer", text=ASKED.format(n=1) * 3_000)]
    print(
        f"one turn of {len(long[0].text) / 1e6:.1f} MB against {len(short[0].text) / 1e3:.0f} kB: "
        f"cost per character x {_cost(long) / 100 / _cost(short):.2f}"
    )


def _cost(turns: list[Turn]) -> float:
    """The least processor time of three readings, in seconds."""
    took = []
    for _ in range(3):
        began = process_time()
        read(turns)
        took.append(process_time() - began)
    return min(took)


if __name__ == "__main__":
    timed_check()
    timed_read()
    growth()
