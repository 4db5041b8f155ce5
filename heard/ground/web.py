"""The web process: uvicorn on one port, pages and live streams together."""

import sys
from typing import Any

import django
import uvicorn
from django.db import OperationalError, connection
from starlette.types import ASGIApp

from heard import environment
from heard.ground import leash, migrations


def run() -> int:
    """Serve the pages until asked to stop; 1 when the tables are behind or out of reach."""
    django.setup()
    if reason := _why_not():
        print(reason, file=sys.stderr, flush=True)
        return 1
    uvicorn.run("heard.ground.web:application", factory=True, **_settings())
    return 0


def application() -> ASGIApp:
    """Return the app inside the process that serves it; with several, each on its own leash."""
    leash.tie()
    from heard.asgi import application as app

    return app


def _why_not() -> str:
    try:
        missing = migrations.behind()
    except OperationalError as error:
        return f"The database cannot be reached, so the web process does not serve: {error}"
    connection.close()
    if not missing:
        return ""
    return (
        f"The database is {len(missing)} migrations behind (first: {missing[0]}), so the web "
        "process does not serve. Run `heard serve`, or `python -m heard.ground.opening`."
    )


def _settings() -> dict[str, Any]:
    proxies = environment.listed("HEARD_TRUSTED_PROXIES")
    return {
        "host": environment.read("HEARD_BIND"),
        "port": environment.number("HEARD_PORT"),
        "workers": environment.number("HEARD_WEB_PROCESSES"),
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "proxy_headers": bool(proxies),
        "forwarded_allow_ips": proxies,
        # Live streams end at the signal to stop (asgi.py); a page that lingers is cut after this.
        "timeout_graceful_shutdown": 3,
        "timeout_keep_alive": 20,
        "limit_concurrency": 5000,
        "backlog": 1024,
        "ws": "none",
    }
