"""The database goes away for a while: pages hear again, and what was done stays done."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from django.db import transaction

from heard.live import notices, stream


def test_listening_survives_every_way_a_connection_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    troubles = [psycopg.OperationalError(), psycopg.InterfaceError(), psycopg.DatabaseError()]

    async def listen() -> int:
        heard = asyncio.Event()

        async def once() -> None:
            if troubles:
                raise troubles.pop()
            heard.set()

        monkeypatch.setattr(stream, "_hear_once", once)
        monkeypatch.setattr(stream, "LONGEST_PAUSE", 0.01)
        monkeypatch.setattr(stream, "SHORTEST_PAUSE", 0.01)
        hearing = asyncio.create_task(stream.hear())
        await asyncio.wait_for(heard.wait(), 10)
        hearing.cancel()
        return len(troubles)

    assert asyncio.run(listen()) == 0


def test_a_link_that_held_for_long_is_looked_for_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []
    lasted = iter([0.0, 0.0, 0.0, 60.0, 0.0])
    now = 0.0

    async def once() -> None:
        nonlocal now
        try:
            now += next(lasted)
        except StopIteration:
            raise asyncio.CancelledError from None

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def listen() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now)
        monkeypatch.setattr(stream.asyncio, "sleep", sleep)
        await stream.hear()

    monkeypatch.setattr(stream, "_hear_once", once)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(listen())
    assert pauses == [0.2, 0.4, 0.8, 0.2, 0.4]


@pytest.mark.django_db(transaction=True)
def test_what_has_committed_is_no_error_because_nobody_could_be_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: object) -> None:
        raise psycopg.OperationalError("gone")

    monkeypatch.setattr(notices, "publish", away)
    with transaction.atomic():
        notices.publish_on_commit([("message.received", ["inbox:1"])])
