"""Pages beside live streams: requests and answers come through whole, slow clients block nobody."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

import httpx
import pytest

from heard.ground import bridge

LIMIT = 3_000_000


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with what was asked."""
    said = environ["wsgi.input"].read()
    start_response(
        "200 OK", [("Content-Type", "text/plain"), ("X-Length", environ["CONTENT_LENGTH"])]
    )
    names = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_COOKIE", "HTTP_X_WORD")
    lines = [f"{name}={environ.get(name, '')}\n".encode("latin-1") for name in names]
    return [*lines, said]


def ask(app: bridge.WSGIApp, method: str = "GET", path: str = "/", **how: Any) -> httpx.Response:
    async def once() -> httpx.Response:
        transport = httpx.ASGITransport(bridge.pages(app, threads=2, limit=LIMIT))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
            return await client.request(method, path, **how)

    return asyncio.run(once())


def test_a_path_in_any_script_reaches_the_page() -> None:
    text = ask(echo, path="/kunden/%C3%BC%20%E2%9C%93?q=a%26b").content
    assert "PATH_INFO=/kunden/ü ✓\n".encode() in text
    assert b"QUERY_STRING=q=a%26b\n" in text


def test_headers_that_come_twice_are_joined() -> None:
    headers = [("cookie", "a=1"), ("cookie", "b=2"), ("x-word", "one"), ("x-word", "two")]
    text = ask(echo, headers=headers).text
    assert "HTTP_COOKIE=a=1; b=2\n" in text
    assert "HTTP_X_WORD=one,two\n" in text


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    assert "HTTP_X_WORD=\n" in ask(echo, headers={"x_word": "forged"}).text


@pytest.mark.parametrize("size", [0, 1, 1 << 18, (1 << 20) + 7, LIMIT])
def test_a_body_of_any_size_comes_through_and_back(size: int) -> None:
    answer = ask(echo, "POST", content=b"x" * size)
    assert answer.headers["x-length"] == str(size)
    assert answer.content.endswith(b"x" * size)
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_body_without_a_length_is_read_whole() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for part in (b"one ", b"two ", b"three"):
            yield part

    answer = ask(echo, "POST", content=parts())
    assert answer.content.endswith(b"one two three")
    assert answer.headers["x-length"] == "13"


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused_before_a_page_sees_it(announced: bool) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"x" * (LIMIT + 1)

    def never(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        raise AssertionError("a page was asked")

    answer = ask(never, "POST", content=b"x" * (LIMIT + 1) if announced else parts())
    assert answer.status_code == 413


def test_start_and_close_happen_in_one_thread() -> None:
    seen: list[int] = []

    class Chunks:
        def __iter__(self) -> Iterator[bytes]:
            yield b"word"

        def close(self) -> None:
            seen.append(threading.get_ident())

    def page(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(threading.get_ident())
        start_response("201 Created", [])
        return Chunks()

    answer = ask(page)
    assert (answer.status_code, answer.text) == (201, "word")
    assert len(seen) == 2 and seen[0] == seen[1] != threading.get_ident()


def test_slow_senders_hold_no_thread() -> None:
    async def slow(app: Any) -> None:
        async def receive() -> dict[str, Any]:
            await asyncio.sleep(60)
            raise AssertionError("never reached")

        async def send(_message: Any) -> None:
            raise AssertionError("nothing to send")

        await app(scope("POST"), receive, send)

    async def together() -> int:
        app = bridge.pages(echo, threads=1, limit=LIMIT)
        waiting = [asyncio.create_task(slow(app)) for _ in range(20)]
        await asyncio.sleep(0)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://desk.example"
        ) as client:
            code = (await asyncio.wait_for(client.get("/"), 5)).status_code
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return code

    assert asyncio.run(together()) == 200


def test_slow_readers_hold_no_thread() -> None:
    async def together() -> int:
        app = bridge.pages(echo, threads=1, limit=LIMIT)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"x" * 2_000_000, "more_body": False}

        async def send(_message: Any) -> None:
            await asyncio.sleep(60)

        waiting = [asyncio.create_task(app(scope("POST"), receive, send)) for _ in range(5)]
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://desk.example"
        ) as client:
            code = (await asyncio.wait_for(client.get("/"), 5)).status_code
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return code

    assert asyncio.run(together()) == 200


def test_a_client_that_leaves_before_the_end_asks_nothing() -> None:
    async def leave() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def send(_message: Any) -> None:
            raise AssertionError("nobody is there")

        await bridge.pages(echo, threads=1, limit=LIMIT)(scope("POST"), receive, send)

    asyncio.run(leave())


def scope(method: str) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("desk.example", 80),
        "client": ("127.0.0.1", 1),
    }


def test_whoever_sends_too_much_is_told_so_in_megabytes() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(bridge._refuse(send, 27_262_976))
    assert sent[1]["body"] == b"This is more than the 26 MB that are taken at once.\n"
