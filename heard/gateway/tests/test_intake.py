"""Letters that wait together share a commit, as long as that stays small."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from heard.gateway import batches
from heard.gateway.arrival import Arrival
from heard.gateway.doors import intake


def kept_together(sizes: Sequence[int], monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The sizes of the letters of each commit, when all came at once."""
    commits: list[list[int]] = []

    def accept(arrivals: Sequence[Arrival]) -> None:
        commits.append([len(arrival.raw) for arrival in arrivals])

    async def come() -> None:
        taking = intake.Intake()
        letters = [Arrival(inbox=1, raw=b"x" * size, source="smtp") for size in sizes]
        waiting = [asyncio.create_task(taking.keep((letter,))) for letter in letters]
        await asyncio.sleep(0)
        serving = asyncio.create_task(taking.run())
        await asyncio.wait_for(asyncio.gather(*waiting), 10)
        serving.cancel()

    monkeypatch.setattr(intake, "accept", accept)
    asyncio.run(come())
    return commits


def test_small_letters_share_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept_together([1, 2, 3], monkeypatch) == [[1, 2, 3]]


def test_large_letters_do_not_pile_up_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BYTES", 10)
    assert kept_together([8, 8, 8, 1], monkeypatch) == [[8, 8], [8, 1]]
