"""Open tabs of one web process, and what an idle one asks for: python -m crowd.tabs SIZE"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from statistics import median, quantiles

import django

django.setup()

import httpx  # noqa: E402 - models need Django
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from crowd import house  # noqa: E402
from heard.accounts.models import User  # noqa: E402
from heard.channels.email import parse  # noqa: E402
from heard.ground.tests.house import free_port  # noqa: E402
from heard.inbox import verbs  # noqa: E402
from heard.inbox.models import Inbox  # noqa: E402
from heard.live import tickets  # noqa: E402

TABS = 500
LETTERS = 20
MINUTE = 60


def main() -> dict[str, dict[str, object]]:
    """What 500 tabs heard of 20 letters, in milliseconds, and an idle tab's requests."""
    user = User.objects.get(pk=house.staff().admin)
    inbox = Inbox.objects.order_by("pk")[0]
    with web() as port:
        late = asyncio.run(_followed(port, user, inbox))
        asked = _idle(port, user)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    heard = {"median": median(late), "p95": quantiles(late, n=20)[-1], "rows": TABS, "limit": 300}
    found: dict[str, dict[str, object]] = {"Tabs|a new letter is heard of by 500": heard}
    if asked is not None:
        found["Tabs|requests of an idle tab in a minute"] = {"number": asked, "limit": 1}
    return found


@contextmanager
def web() -> Iterator[int]:
    """One real web process over this database; gives its port."""
    port = free_port()
    environment = {**os.environ, "HEARD_PORT": str(port)}
    serving = subprocess.Popen([sys.executable, "-m", "heard", "web"], env=environment)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://localhost:{port}/account/login/", timeout=10)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield port
    finally:
        serving.terminate()
        serving.wait()


async def _followed(port: int, user: User, inbox: Inbox) -> list[float]:
    """Milliseconds from the commit of each letter to each tab's notice of it."""
    url = f"/live?ticket={tickets.issue([user.topic, inbox.topic])}"
    heard: asyncio.Queue[float] = asyncio.Queue()
    ready = asyncio.Semaphore(0)
    tabs = [asyncio.create_task(_follow(port, url, ready, heard)) for _ in range(TABS)]
    for _ in range(TABS):
        await ready.acquire()
    late: list[float] = []
    for number in range(LETTERS):
        committed = await asyncio.to_thread(_receive, inbox, number)
        late += [(await heard.get() - committed) * 1000 for _ in range(TABS)]
    for tab in tabs:
        tab.cancel()
    return late


async def _follow(
    port: int, url: str, ready: asyncio.Semaphore, heard: asyncio.Queue[float]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {url} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    while line := await reader.readline():
        if line.startswith(b": listening"):
            ready.release()
        if b'"message.received"' in line:
            heard.put_nowait(time.perf_counter())


def _receive(inbox: Inbox, number: int) -> float:
    """Take a letter in; gives the moment at which it was committed."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Rosa <rosa{number}@klein.example>", inbox.address
    mail["Subject"], mail["Message-ID"] = "Where is it", f"<{time.time_ns()}@klein.example>"
    mail.set_content("Where is my parcel?")
    at: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: at.append(time.perf_counter()))
        verbs.receive(inbox, parse(mail.as_bytes()))
    connection.close()
    return at[0]


def _idle(port: int, user: User) -> int | None:
    """How often a tab asks for anything in a minute in which nothing happens; None: no browser."""
    browser_at = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if browser_at is None:
        return None
    from playwright.sync_api import sync_playwright

    cookie = {"name": "sessionid", "value": _session(user), "url": f"http://localhost:{port}"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_at, args=["--no-sandbox"])
        context = browser.new_context()
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"http://localhost:{port}/inbox")
        page.wait_for_timeout(5_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_timeout(MINUTE * 1000)
        browser.close()
    return len(asked)


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key is not None
    return session.session_key


if __name__ == "__main__":
    print(json.dumps(main()))
