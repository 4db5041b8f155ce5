"""The database's cluster on disk: made whole, checked, cleared after a crash, ready to start."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from heard.ground import binaries, home, runner


def prepare(at: Path) -> list[str]:
    """Make the cluster ready to start and return the command that becomes the server.

    The caller holds the home. Raises NoPostgres, in plain words, when it cannot be.
    """
    at = home.make(at.resolve())
    who = runner.choose(at)
    data = home.data_directory(at)
    if not data.exists():
        _initialise(data, who)
    _check_owner(data)
    _check_version(data)
    _clear_leftovers(data)
    _write_access_rules(data)
    socket = _socket_directory(at, who)
    runner.give(data, who)
    words = [str(binaries.directory() / "postgres"), *_settings(data, socket)]
    return runner.command(words, data, who)


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


def _initialise(data: Path, who: runner.Runner) -> None:
    """Run initdb beside the final place and move it there, so that half a cluster never counts."""
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    runner.give(draft, who)
    folder = binaries.directory()
    words = [str(folder / "initdb"), "-D", str(draft), "-U", "postgres", "--auth=peer"]
    words += ["--encoding=UTF8", *_locale(binaries.major(folder))]
    done = subprocess.run(  # noqa: S603
        runner.command(words, draft, who), capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode != 0:
        raise binaries.NoPostgres(f"initdb could not make the database: {done.stderr.strip()}")
    draft.rename(data)


def _locale(major: int) -> list[str]:
    # The builtin provider sorts the same on every machine; no index breaks when glibc changes.
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _check_owner(data: Path) -> None:
    if os.geteuid() not in {0, data.stat().st_uid}:
        raise binaries.NoPostgres(
            f"{data} belongs to another user, who ran Heard here before. Run Heard as that user, "
            f"or hand it over as root: chown -R {pwd.getpwuid(os.geteuid()).pw_name} {data.parent}"
        )


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


def _socket_directory(at: Path, who: runner.Runner) -> Path:
    socket = home.socket_directory(at)
    socket.mkdir(mode=0o700, exist_ok=True)
    found = socket.lstat()
    if found.st_uid not in {os.geteuid(), who.pw_uid if who else os.geteuid()}:
        raise binaries.NoPostgres(f"{socket} belongs to someone else. Set a shorter HEARD_HOME.")
    socket.chmod(0o700)
    runner.give(socket, who)
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
    """Return the processes of PostgreSQL's in the cluster: each has it as working directory."""
    numbered = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [int(entry.name) for entry in numbered if _is_postgres_in(data, entry)]


def _is_postgres_in(data: Path, entry: Path) -> bool:
    try:
        named = (entry / "comm").read_text().strip() == "postgres"
        return named and os.readlink(entry / "cwd") == str(data)
    except OSError:  # gone, a zombie, or another user's
        return False


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
