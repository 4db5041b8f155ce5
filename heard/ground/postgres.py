"""The embedded database: a PostgreSQL cluster in HEARD_HOME that runs as our direct child.

No pg_ctl, no API of the wheel: alive means that a connection works, never that a pid exists.
Peer authentication over a Unix socket, so there is no password to keep and no port to guard.
"""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from heard.ground import binaries, cluster, home, runner

STOP_SIGNAL = signal.SIGINT  # PostgreSQL's "fast" shutdown: sessions end, nothing is lost
_START_LIMIT = 60.0  # seconds; recovery after a crash may take some
_STOP_LIMIT = 20.0


def dsn(at: Path, database: str = "heard", role: str = "heard") -> str:
    """Return the URL of the embedded database of the home `at`, without starting anything."""
    socket = home.socket_directory(at)
    words = {"host": str(socket)}
    if socket.parent != at.resolve():
        # In a shared directory a stranger could stand there before us: check who answers.
        words["requirepeer"] = runner.name(at)
    return f"postgresql://{role}@/{database}?{urlencode(words, quote_via=quote, safe='')}"


def parse(url: str) -> dict[str, str]:
    """Split a postgresql:// URL into libpq's words: host, port, user, password, dbname, ….

    Raises psycopg.ProgrammingError when it is none.
    """
    return {key: str(value) for key, value in conninfo_to_dict(url).items()}


def alive(at: Path) -> bool:
    """Say whether the embedded database of this home takes a connection now."""
    try:
        psycopg.connect(dsn(at, "postgres", "postgres"), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def running(at: Path) -> Iterator[str]:
    """Give the URL of a database that runs: the one that answers, else one for this block."""
    if alive(at):
        yield dsn(at)
        return
    with home.held(at, "postgres"):
        server = subprocess.Popen(cluster.prepare(at))  # noqa: S603
        try:
            wait(at, server)
            ensure_database(at)
            yield dsn(at)
        finally:
            stop(server)


def stop(server: subprocess.Popen[bytes], limit: float = _STOP_LIMIT) -> None:
    """End a server that `cluster.prepare` gave: fast at first, by force after `limit` seconds."""
    server.send_signal(STOP_SIGNAL)
    try:
        server.wait(limit)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait(at: Path, server: subprocess.Popen[bytes], limit: float = _START_LIMIT) -> None:
    """Return when the server takes connections; raises NoPostgres when it ended or is late."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if server.poll() is not None:
            raise binaries.NoPostgres(f"PostgreSQL ended with code {server.returncode}.")
        if _says_ready(at) and alive(at):
            return
        time.sleep(0.02)
    raise binaries.NoPostgres(f"PostgreSQL took no connection within {limit:.0f} seconds.")


def _says_ready(at: Path) -> bool:
    """Read the server's own word, so that we do not knock (and fill its log) while it recovers."""
    try:
        return "ready" in (home.data_directory(at) / "postmaster.pid").read_text()
    except FileNotFoundError:
        return False


def ensure_database(at: Path) -> None:
    """Create the role and the database `heard` where they are missing.

    The role is no superuser: it may create databases, because tests need that.
    """
    with psycopg.connect(dsn(at, "postgres", "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'heard'").fetchone():
            connection.execute("CREATE ROLE heard LOGIN CREATEDB")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'heard'").fetchone():
            connection.execute("CREATE DATABASE heard OWNER heard TEMPLATE template0")
