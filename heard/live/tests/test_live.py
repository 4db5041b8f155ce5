"""Open pages are told names, only of what they may hear, and heal when they missed some."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core import signing
from django.core.signing import BadSignature
from django.db import connection
from starlette.requests import Request

from heard.asgi import streams_end_first
from heard.live import stream, tickets
from heard.live.notices import publish
from heard.live.stream import BACKLOG, HEAL, Listener, heal_all, listeners, spread


@pytest.fixture
def page() -> Iterator[Listener]:
    """An open page that hears inbox 1."""
    listener = Listener(frozenset({"inbox:1"}))
    listeners.add(listener)
    yield listener
    listeners.discard(listener)


def notice(*topics: str) -> str:
    return json.dumps({"name": "message.received", "topics": topics})


def heard(page: Listener) -> list[str]:
    return [page.waiting.get_nowait() for _ in range(page.waiting.qsize())]


def test_a_page_hears_its_own_topics_alone(page: Listener) -> None:
    spread(notice("inbox:2"))
    spread(notice("inbox:1", "conversation:7"))
    assert heard(page) == [notice("inbox:1", "conversation:7")]


def test_a_slow_page_is_told_to_look_again(page: Listener) -> None:
    for _ in range(BACKLOG + 1):
        spread(notice("inbox:1"))
    assert heard(page) == [HEAL]
    spread(notice("inbox:1"))
    assert heard(page) == [notice("inbox:1")]


def test_everyone_looks_again_after_a_lost_connection(page: Listener) -> None:
    heal_all()
    assert heard(page) == [HEAL]


def test_a_ticket_says_what_its_bearer_may_hear() -> None:
    assert tickets.read(tickets.issue(["inbox:2", "inbox:1"])) == {"inbox:1", "inbox:2"}


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "é", "\0"])
def test_a_forged_ticket_opens_nothing(ticket: str) -> None:
    with pytest.raises(BadSignature):
        tickets.read(ticket)
    query = urlencode({"ticket": ticket}).encode()
    request = Request({"type": "http", "query_string": query, "headers": []})
    assert asyncio.run(stream.stream(request)).status_code == 403


def test_a_ticket_made_for_something_else_opens_nothing() -> None:
    with pytest.raises(BadSignature):
        tickets.read(signing.dumps(["inbox:1"], salt="elsewhere"))


def test_a_ticket_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = tickets.issue(["inbox:1"])
    monkeypatch.setattr(tickets, "LASTS_SECONDS", -1)
    with pytest.raises(BadSignature):
        tickets.read(ticket)


def test_a_page_that_closes_is_forgotten() -> None:
    async def open_and_close() -> str:
        listener = Listener(frozenset({"inbox:1"}))
        sent = stream._notices(listener)
        first = await anext(sent)
        assert listener in listeners
        spread(notice("inbox:1"))
        second = await anext(sent)
        await sent.aclose()
        assert listener not in listeners
        return first + second

    said = asyncio.run(open_and_close())
    assert said.startswith("retry: 1000")
    assert f"data: {notice('inbox:1')}\n\n" in said


def test_an_idle_stream_says_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    assert asyncio.run(stream._next(Listener(frozenset()))) == ": still here\n\n"


@pytest.mark.django_db(transaction=True)
def test_a_notice_reaches_an_open_page_through_the_database(page: Listener) -> None:
    in_use = connection.get_connection_params()["dbname"]
    url = settings.DATABASE_URL.replace("/heard?", f"/{in_use}?")

    async def hear() -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(stream.settings, "DATABASE_URL", url)
            hearing = asyncio.create_task(stream.hear())
            assert await asyncio.wait_for(page.waiting.get(), 10) == HEAL
            await asyncio.to_thread(_publish)
            said = await asyncio.wait_for(page.waiting.get(), 10)
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
            return said

    def _publish() -> None:
        try:
            publish([("message.received", ["inbox:1"])])
        finally:
            connection.close()

    assert json.loads(asyncio.run(hear())) == {"name": "message.received", "topics": ["inbox:1"]}


def test_streams_end_when_the_server_is_told_to_stop() -> None:
    told: list[int] = []

    async def serve() -> list[str]:
        signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
        sent = stream._notices(Listener(frozenset({"inbox:1"})))
        first = await anext(sent)
        with streams_end_first():
            signal.raise_signal(signal.SIGTERM)
            return [first, *[words async for words in sent]]

    before = signal.getsignal(signal.SIGTERM)
    try:
        said = asyncio.run(asyncio.wait_for(serve(), 5))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert len(said) == 1
    assert told == [signal.SIGTERM]
    assert not listeners
