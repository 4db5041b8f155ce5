"""HEARD_HOME: where everything that must outlive a start lies, and who holds it."""

import errno
import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A Unix socket's path must fit sun_path (104 bytes on macOS, 108 on Linux) with
# PostgreSQL's "/.s.PGSQL.5432" and the closing nul.
_LONGEST_SOCKET_DIRECTORY = 104 - len("/.s.PGSQL.5432") - 1


class HomeTaken(Exception):
    """Another process already holds this home; the message says which."""


def make(home: Path) -> Path:
    """Create the home where it is missing and return it.

    When root makes it, others may pass through but not look inside, because the database
    runs as another user and must reach its own folder below.
    """
    if not home.exists():
        home.mkdir(parents=True)
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return home


def files(home: Path) -> Path:
    """Return the folder of attachments, made private when missing."""
    return _private(home / "files")


def outbox(home: Path) -> Path:
    """Return the folder where the demo's post office lays outgoing letters."""
    return _private(home / "outbox")


def data_directory(home: Path) -> Path:
    """Return where the embedded database keeps its cluster."""
    return home.resolve() / "postgres"


def socket_directory(home: Path) -> Path:
    """Return the folder of the database's Unix socket: in the home when the path is short enough.

    Otherwise a folder named by the home's digest under the runtime or temporary directory.
    """
    inside = home.resolve() / "socket"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_DIRECTORY:
        return inside
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    return _runtime_directory() / f"heard-{os.geteuid()}-{digest}"


def _runtime_directory() -> Path:
    if os.geteuid() == 0 and Path("/run").is_dir():
        return Path("/run")
    given = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere")
    short_enough = len(os.fsencode(given)) < 50
    return given if given.is_dir() and short_enough else Path(tempfile.gettempdir()).resolve()


def secret_key(home: Path) -> str:
    """Return the key that signs sessions and tickets; made once, readable by its owner alone."""
    path = make(home) / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Write and link, so that of two processes that start together one wins whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@contextmanager
def held(home: Path, purpose: str) -> Iterator[None]:
    """Hold the home for `purpose` ("serve", "postgres") until the block ends or we die.

    Raises HomeTaken, saying who holds it, when another process does.
    """
    path = make(home) / f"{purpose}.lock"
    with path.open("a+") as file:
        _lock(file.fileno(), path, purpose)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _lock(descriptor: int, path: Path, purpose: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        holder = path.read_text().strip() or "unknown"
        raise HomeTaken(
            f"{path.parent} is in use: process {holder} holds it for {purpose}. "
            "Stop that one first, or set HEARD_HOME to another directory."
        ) from None


def _private(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
