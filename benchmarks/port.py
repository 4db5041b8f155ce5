"""One port for pages and live streams: four ways, side by side.

    python benchmarks/port.py [seconds a measure]

Each way serves the same tiny and heavy Django page to 8 clients while 200 live streams are open
and get 2 events a second. Shown: pages a second, the server's CPU a page, how late live events
came (95th percentile), and ratios to Django's own ASGI handler. Read the ratios; the rates are
this machine's. "Apart" has pages and streams in two processes on two ports: what one could win at
most by passing connections between processes.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import psutil

CLIENTS = 8
STREAMS = 200
BEAT = 0.5  # seconds between two events of a stream
THREADS = 8
ROWS = [{"id": n, "name": f"Customer {n}", "says": f"Where is order {n * 37}?"} for n in range(50)]
ROW = "<li><a href='/{{ r.id }}'>{{ r.name|e }}</a> <p>{{ r.says|e|upper }}</p></li>"
PAGE = "<ul>{% for r in rows %}" + ROW + "{% endfor %}</ul>"


def set_up_django() -> None:
    """A Django of nothing but two pages, one stream and the stock middleware."""
    import django
    from django.conf import settings

    stock = ("security.Security", "common.Common", "csrf.CsrfView", "clickjacking.XFrameOptions")
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="only for measuring",
        MIDDLEWARE=[f"django.middleware.{name}Middleware" for name in stock],
    )
    django.setup()


def tiny(_request: Any) -> Any:
    """The smallest page."""
    from django.http import HttpResponse

    return HttpResponse("ok")


def heavy(_request: Any) -> Any:
    """A list of fifty rows, rendered ten times by Jinja2: the cost of a real page."""
    import jinja2
    from django.http import HttpResponse

    global _template
    _template = _template or jinja2.Environment(autoescape=True).from_string(PAGE)
    return HttpResponse("".join(_template.render(rows=ROWS) for _ in range(10)))


_template: Any = None


async def events() -> AsyncIterator[str]:
    """Give the time of sending, twice a second."""
    while True:
        yield f"data: {time.monotonic()}\n\n"
        await asyncio.sleep(BEAT)


async def django_stream(_request: Any) -> Any:
    """The live stream as a Django view."""
    from django.http import StreamingHttpResponse

    return StreamingHttpResponse(events(), content_type="text/event-stream")


async def starlette_stream(_request: Any) -> Any:
    """The live stream as a Starlette route."""
    from starlette.responses import StreamingResponse

    return StreamingResponse(events(), media_type="text/event-stream")


def __getattr__(name: str) -> Any:
    """Django asks this module for its routes, after it was set up."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import path

    return [path("tiny", tiny), path("heavy", heavy), path("live", django_stream)]


def pages() -> Any:
    """The pages as a WSGI application."""
    set_up_django()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def django_asgi() -> Any:
    """Pages and streams under Django's own ASGI handler."""
    set_up_django()
    from django.core.asgi import get_asgi_application

    return get_asgi_application()


def together() -> Any:
    """Streams on the event loop, pages in threads beside it, over our own bridge."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route

    from heard.ground import bridge

    threaded = bridge.pages(pages(), threads=THREADS, limit=1 << 20)
    return Starlette(routes=[Route("/live", starlette_stream), Mount("/", threaded)])


def over_a2wsgi() -> Any:
    """The same over the library a2wsgi."""
    from a2wsgi import WSGIMiddleware
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route

    threaded: Any = WSGIMiddleware(pages(), workers=THREADS)
    return Starlette(routes=[Route("/live", starlette_stream), Mount("/", threaded)])


def streams() -> Any:
    """The streams alone."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    return Starlette(routes=[Route("/live", starlette_stream)])


def uvicorn(app: str, port: int) -> list[str]:
    """The command that serves `app` of this file."""
    words = ["--factory", f"port:{app}", "--port", str(port), "--no-access-log", "--log-level"]
    return [sys.executable, "-m", "uvicorn", *words, "error"]


def granian(port: int) -> list[str]:
    """The command that serves the pages under granian, the fastest WSGI server measured."""
    words = ["--interface", "wsgi", "--factory", "--port", str(port), "--no-ws", "--log-level"]
    threads = ["--blocking-threads", str(THREADS)]
    return [sys.executable, "-m", "granian", "port:pages", *words, "error", *threads]


@dataclass(frozen=True, slots=True)
class Result:
    """What one way gave for one page."""

    rate: float  # pages a second
    cpu: float  # milliseconds of the server a page
    late: float  # milliseconds, 95th percentile of the events' delay


async def fetch(port: int, path: str, until: float) -> int:
    """Ask for a page again and again over one connection; return how many came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    count = 0
    while time.monotonic() < until:
        writer.write(asked)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert b" 200 " in head[:20], head
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        count += 1
    writer.close()
    return count


async def follow(port: int, delays: list[float]) -> None:
    """Hold one stream open and note how late each event comes, in milliseconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n")
    try:
        while line := await reader.readline():
            if line.startswith(b"data: "):
                delays.append((time.monotonic() - float(line[6:])) * 1000)
    finally:
        writer.close()


def cpu_of(servers: list[subprocess.Popen[bytes]]) -> float:
    """CPU seconds used so far by the servers and their children."""
    roots = [psutil.Process(server.pid) for server in servers]
    family = [each for root in roots for each in (root, *root.children(recursive=True))]
    return sum(sum(each.cpu_times()[:2]) for each in family)


async def measure(
    servers: list[subprocess.Popen[bytes]], ports: tuple[int, int], path: str, seconds: float
) -> Result:
    """Load one page for some seconds, with all streams open."""
    delays: list[float] = []
    open_streams = [asyncio.create_task(follow(ports[1], delays)) for _ in range(STREAMS)]
    while len(delays) < STREAMS:
        await asyncio.sleep(0.05)
    delays.clear()
    before, start = cpu_of(servers), time.monotonic()
    counts = await asyncio.gather(*(fetch(ports[0], path, start + seconds) for _ in range(CLIENTS)))
    took, used = time.monotonic() - start, cpu_of(servers) - before
    for each in open_streams:
        each.cancel()
    await asyncio.gather(*open_streams, return_exceptions=True)
    late = statistics.quantiles(delays, n=20)[-1]
    return Result(sum(counts) / took, used / sum(counts) * 1000, late)


def free_port() -> int:
    """A port nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def await_port(port: int) -> None:
    """Return when the port answers."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing answered on port {port}")


def run(commands: list[list[str]], ports: tuple[int, int], seconds: float) -> dict[str, Result]:
    """Start the servers, measure both pages, stop the servers."""
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.abspath(__file__))}
    servers = [subprocess.Popen(words, env=environment) for words in commands]
    try:
        for port in set(ports):
            await_port(port)
        return {
            path: asyncio.run(measure(servers, ports, path, seconds)) for path in ("tiny", "heavy")
        }
    finally:
        for server in servers:
            server.kill()
            server.wait()


def main() -> None:
    """Measure every way and print the table; the last line is one JSON object of ratios."""
    seconds = float(sys.argv[1]) if sys.argv[1:] else 4.0
    one, two = free_port(), free_port()
    ways = {
        "django asgi": ([uvicorn("django_asgi", one)], (one, one)),
        "together": ([uvicorn("together", one)], (one, one)),
    }
    if importlib.util.find_spec("a2wsgi"):
        ways["a2wsgi"] = ([uvicorn("over_a2wsgi", one)], (one, one))
    if importlib.util.find_spec("granian"):
        ways["apart"] = ([granian(one), uvicorn("streams", two)], (one, two))
    results = {name: run(commands, ports, seconds) for name, (commands, ports) in ways.items()}
    base = results["django asgi"]
    print(f"{'way':<12} {'page':<6} {'pages/s':>8} {'cpu ms':>7} {'late ms':>8} {'rate ratio':>11}")
    for name, both in results.items():
        for path, result in both.items():
            ratio = result.rate / base[path].rate
            figures = f"{result.rate:8.0f} {result.cpu:7.2f} {result.late:8.1f} {ratio:10.1f}x"
            print(f"{name:<12} {path:<6} {figures}")
    ratios = {
        f"{name} {path}": round(both[path].rate / base[path].rate, 2)
        for name, both in results.items()
        for path in both
    }
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
