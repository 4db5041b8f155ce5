"""The embedded database: a PostgreSQL cluster in HEARD_HOME that runs as our direct child.

No pg_ctl, no API of the wheel: alive means that a connection works, never that a pid exists.
Peer authentication over a Unix socket, so there is no password to keep and no port to guard.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from heard.ground import binaries, home, leash

STOP_SIGNAL = signal.SIGINT  # PostgreSQL's "fast" shutdown: sessions end, nothing is lost
_START_LIMIT = 60.0  # seconds; recovery after a crash may take some
_STOP_LIMIT = 20.0


def dsn(at: Path, database: str = "heard", role: str = "heard") -> str:
    """Return the URL of the embedded database of the home `at`, without starting anything."""
    socket = home.socket_directory(at)
    words = {"host": str(socket)}
    if socket.parent != at.resolve():
        # In a shared directory a stranger could stand there before us: check who answers.
        words["requirepeer"] = _runner_name()
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
        server = subprocess.Popen(prepare(at))  # noqa: S603
        try:
            wait(at, server)
            ensure_database(at)
            yield dsn(at)
        finally:
            stop(server)


def stop(server: subprocess.Popen[bytes], limit: float = _STOP_LIMIT) -> None:
    """End a server started from `prepare`: fast at first, by force after `limit` seconds."""
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


def prepare(at: Path) -> list[str]:
    """Make the cluster ready to start and return the command that becomes the server.

    The caller holds the home. Raises NoPostgres, in plain words, when it cannot be.
    """
    at = home.make(at.resolve())
    runner = _runner()
    data = home.data_directory(at)
    if not data.exists():
        _initialise(data, runner)
    _check_version(data)
    _clear_leftovers(data)
    _write_access_rules(data)
    socket = _socket_directory(at, runner)
    _give(data, runner)
    words = [str(binaries.directory() / "postgres"), *_settings(data, socket)]
    return _leashed(words, data, runner)


def _settings(data: Path, socket: Path) -> list[str]:
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "max_connections": "120",
        "log_checkpoints": "off",
        "log_min_messages": "fatal",
        # A failed statement and its DETAIL hold customers' words: they stay out of the log.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_line_prefix": "",
    }
    return ["-D", str(data), *(word for key in chosen for word in ("-c", f"{key}={chosen[key]}"))]


def _initialise(data: Path, runner: pwd.struct_passwd | None) -> None:
    """Run initdb beside the final place and move it there, so that half a cluster never counts."""
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give(draft, runner)
    folder = binaries.directory()
    words = [str(folder / "initdb"), "-D", str(draft), "-U", "postgres", "--auth=peer"]
    words += ["--encoding=UTF8", *_locale(binaries.major(folder))]
    done = subprocess.run(  # noqa: S603
        _leashed(words, draft, runner), capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode != 0:
        raise binaries.NoPostgres(f"initdb could not make the database: {done.stderr.strip()}")
    draft.rename(data)


def _locale(major: int) -> list[str]:
    # The builtin provider sorts the same on every machine; no index breaks when glibc changes.
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _check_version(data: Path) -> None:
    made_by = int((data / "PG_VERSION").read_text())
    ours = binaries.major(binaries.directory())
    if made_by != ours:
        raise binaries.NoPostgres(
            f"The data in {data} was made by PostgreSQL {made_by}, and the programs here are "
            f"{ours}. Start Heard once with the older one, run `heard backup DIR`, move {data} "
            "away, and run `heard restore DIR`."
        )


def _write_access_rules(data: Path) -> None:
    """Let the user who runs Heard in over the socket, and nobody else."""
    name = pwd.getpwuid(os.geteuid()).pw_name
    roles = "".join(f'heard "{name}" {role}\n' for role in ("heard", "postgres"))
    (data / "pg_hba.conf").write_text("local all all peer map=heard\n")
    (data / "pg_ident.conf").write_text(roles)


def _socket_directory(at: Path, runner: pwd.struct_passwd | None) -> Path:
    socket = home.socket_directory(at)
    socket.mkdir(mode=0o700, exist_ok=True)
    found = socket.lstat()
    if found.st_uid not in {os.geteuid(), runner.pw_uid if runner else os.geteuid()}:
        raise binaries.NoPostgres(f"{socket} belongs to someone else. Set a shorter HEARD_HOME.")
    socket.chmod(0o700)
    _give(socket, runner)
    return socket


def _clear_leftovers(data: Path) -> None:
    """After a crash: wait for processes of the dead server, then drop its pid file.

    PostgreSQL itself takes a zombie, or a stranger who got the same pid, for a living server.
    Only Linux lets us see who works in the folder; elsewhere the pid file is left to PostgreSQL.
    """
    if not sys.platform.startswith("linux"):
        return
    end = time.monotonic() + 10
    while left := _working_in(data):
        number = signal.SIGINT if time.monotonic() < end else signal.SIGKILL
        for pid in left:
            _signal(pid, number)
        time.sleep(0.1)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _working_in(data: Path) -> list[int]:
    """Return the processes whose working directory is the cluster: every one of PostgreSQL's."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                works_in = os.readlink(entry / "cwd")
            except OSError:  # gone, a zombie, or another user's
                continue
            if works_in == str(data):
                found.append(int(entry.name))
    return found


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _runner() -> pwd.struct_passwd | None:
    """Return the user to become when we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("heard-postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise binaries.NoPostgres("PostgreSQL may not run as root. Create the user heard-postgres.")


def _runner_name() -> str:
    runner = _runner()
    return runner.pw_name if runner else pwd.getpwuid(os.geteuid()).pw_name


def _give(path: Path, runner: pwd.struct_passwd | None) -> None:
    """Hand a tree to the runner, where it is not theirs yet (another user ran Heard before)."""
    if runner is None:
        return
    for each in (path, *path.rglob("*")):
        if each.lstat().st_uid != runner.pw_uid:
            os.chown(each, runner.pw_uid, runner.pw_gid, follow_symlinks=False)


def _leashed(words: list[str], data: Path, runner: pwd.struct_passwd | None) -> list[str]:
    if runner is None:
        return leash.leashed(words, signal_name=STOP_SIGNAL.name)
    reachable = _may_reach(data, runner) and _may_reach(Path(words[0]), runner)
    if not reachable and not sys.platform.startswith("linux"):
        raise binaries.NoPostgres(
            f"PostgreSQL may not run as root, and {runner.pw_name} cannot reach {data}. "
            "Run Heard as an ordinary user, or set DATABASE_URL."
        )
    user = (runner.pw_uid, runner.pw_gid)
    return leash.leashed(words, signal_name=STOP_SIGNAL.name, user=user, passes=not reachable)


def _may_reach(path: Path, runner: pwd.struct_passwd) -> bool:
    """Say whether the runner may pass every directory above `path`."""
    return all(_may_pass(parent, runner) for parent in path.parents)


def _may_pass(folder: Path, runner: pwd.struct_passwd) -> bool:
    found = folder.stat()
    if found.st_uid == runner.pw_uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == runner.pw_gid:
        return bool(found.st_mode & 0o010)
    return bool(found.st_mode & 0o001)
