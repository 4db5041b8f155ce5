"""Lets WSGI pages live beside live streams on one event loop: one hop to a thread a request.

A request's body is taken whole before a thread is, and an answer is taken whole before it is
sent, so a slow client costs a temporary file and never one of the few threads. Endless answers
belong on the event loop. Why it is our own: docs/decisions/0002-one-port.md.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_IN_MEMORY = 1 << 20  # bytes of a body kept in memory; more goes to a temporary file
_CHUNK = 1 << 18
_UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def _spool() -> IO[bytes]:
    return cast(IO[bytes], SpooledTemporaryFile(_IN_MEMORY))


class TooLarge(Exception):
    """The request's body is over the limit."""


@dataclass(slots=True)
class Answer:
    """What the page answered; `body` is at its start when the thread is done."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: IO[bytes] = field(default_factory=_spool)
    length: int = 0


def pages(app: WSGIApp, *, threads: int, limit: int) -> ASGIApp:
    """Return the WSGI `app` as an ASGI one that runs in so many `threads`.

    Bodies of more than `limit` bytes are answered 413.
    """
    pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        with _spool() as body:
            try:
                whole = await _take(scope, receive, body, limit)
            except TooLarge:
                await _refuse(send, limit)
                return
            if not whole:
                return
            environ = _environ(scope, body)
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(pool, _ask, app, environ)
        with answer.body:
            await _send(answer, send)

    return serve


async def _take(scope: Scope, receive: Receive, body: IO[bytes], limit: int) -> bool:
    """Read the request's body into `body`; False when the client went away before its end."""
    if int(dict(scope["headers"]).get(b"content-length", b"0")) > limit:
        raise TooLarge
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if body.tell() > limit:
            raise TooLarge
        more = message.get("more_body", False)
    return True


def _environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """Say the request in the words of PEP 3333: text there is bytes read as Latin-1."""
    length = body.tell()
    body.seek(0)
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "RAW_URI": scope.get("raw_path", b"").decode("latin-1") or quote(scope["path"]),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    # A body that came in chunks has no length of its own; Django reads none without one.
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def _add_headers(environ: dict[str, Any], headers: Iterable[tuple[bytes, bytes]]) -> None:
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:  # "X_Forwarded_Proto" must not pass for "X-Forwarded-Proto"
            continue
        key = _UNPREFIXED.get(name) or "HTTP_" + name.upper().replace("-", "_")
        joint = "; " if name == "cookie" else ","
        environ[key] = environ[key] + joint + value if key in environ else value


def _ask(app: WSGIApp, environ: dict[str, Any]) -> Answer:
    """Run the page in this thread from its start to its close, so its database link goes home."""
    answer = Answer()

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
        answer.status = int(status.split(" ", 1)[0])
        # Django writes a cookie with a blank before it, which strict servers refuse to send.
        answer.headers = [
            (name.lower().encode("latin-1"), value.strip().encode("latin-1"))
            for name, value in headers
        ]
        return answer.body.write

    chunks = app(environ, start_response)
    try:
        answer.body.writelines(chunks)
    finally:
        getattr(chunks, "close", bool)()
    answer.length = answer.body.tell()
    answer.body.seek(0)
    return answer


async def _send(answer: Answer, send: Send) -> None:
    headers = answer.headers
    if not any(name == b"content-length" for name, _value in headers):
        headers = [*headers, (b"content-length", str(answer.length).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    left = answer.length
    while left > _CHUNK:
        await send(_part(answer.body.read(_CHUNK), more=True))
        left -= _CHUNK
    await send(_part(answer.body.read(), more=False))


def _part(chunk: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": chunk, "more_body": more}


async def _refuse(send: Send, limit: int) -> None:
    text = f"This is more than the {limit / 2**20:.0f} MB that are taken at once.\n".encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode())]
    # The rest of the body is unread: nothing sensible can follow on this connection.
    headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send(_part(text, more=False))
