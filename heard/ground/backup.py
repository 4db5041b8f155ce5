"""Everything in one folder, and back: the database, the attachments, the key.

A backup holds `manifest.json` (version, time, a SHA-256 of every file), `database.dump`
(pg_dump's custom form), `files/` and `secret_key`. Attachments in S3 are not in it.
"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from heard import environment
from heard.ground import binaries, home, postgres

_FORMAT = 1
_KEPT = ("files", "secret_key")  # beside the database, by their names in HEARD_HOME


class CopyError(Exception):
    """A backup or a restore that is not done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself; `files` maps each path to its SHA-256 in hex."""

    format: int
    heard: str
    made_at: str
    files: dict[str, str]


def backup(target: Path) -> Manifest:
    """Write a backup into the new folder `target` and return its manifest.

    May run while Heard serves. Raises CopyError when the folder has something in it.
    """
    with _in_words():
        return _backup(target, environment.home())


def _backup(target: Path, at: Path) -> Manifest:
    if target.exists() and any(target.iterdir()):
        raise CopyError(f"{target} has something in it. Name a new folder.")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700, parents=True)
    try:
        # The database first: a file is written before the row that names it, so the files that
        # are copied afterwards include every one the rows name.
        with _database(at) as url:
            _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={draft}/database.dump")
        _copy(at, draft)
        manifest = Manifest(_FORMAT, version("heard"), _now(), _digests(draft))
        _write(draft / "manifest.json", manifest)
        target.mkdir(parents=True, exist_ok=True)
        draft.replace(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return manifest


def restore(source: Path, *, force: bool = False) -> Manifest:
    """Bring a backup back into an empty home and database; return its manifest.

    With `force` what is there is replaced, and only once the backup is whole in the database.
    Raises CopyError when a file is damaged, when there is something to lose, or when Heard
    runs on this home.
    """
    with _in_words():
        return _restore(source, home.make(environment.home()), force=force)


def _restore(source: Path, at: Path, *, force: bool) -> Manifest:
    manifest = verified(source)
    with home.held(at, "serve"), _database(at) as url:
        empty = _is_empty(url)
        if not force and not (empty and _has_no_files(at)):
            raise CopyError(f"{at} or its database has something in it. --force replaces it.")
        if empty:
            _load(source, url)
        else:
            _replace_database(source, url)
        _put_back(source, at)
    return manifest


def verified(source: Path) -> Manifest:
    """Return the manifest of a backup whose every file is as it was written, or CopyError."""
    try:
        manifest = Manifest(**json.loads((source / "manifest.json").read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise CopyError(f"{source} holds no backup that can be read: {error}") from error
    if manifest.format != _FORMAT:
        raise CopyError(f"{source} was written by a newer Heard ({manifest.heard}).")
    found = _digests(source)
    for path, digest in manifest.files.items():
        if found.get(path) != digest:
            raise CopyError(f"{path} in {source} is damaged or missing. Nothing was changed.")
    return manifest


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (binaries.NoPostgres, home.HomeTaken, psycopg.Error) as error:
        raise CopyError(str(error).strip()) from error


@contextmanager
def _database(at: Path) -> Iterator[str]:
    if url := environment.read("DATABASE_URL"):
        yield url
        return
    with postgres.running(at) as embedded:
        yield embedded


def _run(program: str, url: str, *words: str) -> None:
    """Run one of PostgreSQL's programs to its end, or CopyError with what it said."""
    command, known = _program(program, url)
    done = subprocess.run(  # noqa: S603
        [*command, *words], capture_output=True, text=True, check=False, env=known
    )
    if done.returncode != 0:
        raise CopyError(f"{program} did not finish: {done.stderr.strip()}")


def _program(name: str, url: str) -> tuple[list[str], dict[str, str]]:
    """Return a program's command and environment: the password never goes by words."""
    parts = postgres.parse(url)
    password = parts.pop("password", "")
    known = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    with psycopg.connect(url) as connection:
        folder = binaries.for_server(connection.info.server_version // 10000)
    return [str(folder / name), f"--dbname={make_conninfo('', **parts)}"], known


def _copy(at: Path, draft: Path) -> None:
    for name in _KEPT:
        if (at / name).is_dir():
            shutil.copytree(at / name, draft / name)
        elif (at / name).exists():
            shutil.copy2(at / name, draft / name)


def _digests(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "manifest.json":
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return found


def _write(path: Path, manifest: Manifest) -> None:
    words = {name: getattr(manifest, name) for name in Manifest.__slots__}
    path.write_text(json.dumps(words, indent=1) + "\n")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _is_empty(url: str) -> bool:
    query = """
        SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema')
        LIMIT 1
    """
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone() is None


def _has_no_files(at: Path) -> bool:
    return not (at / "files").exists() or not any((at / "files").iterdir())


def _load(source: Path, url: str) -> None:
    """Load the dump in one transaction: whole or not at all.

    By way of psql and not by pg_restore alone, because from version 17 that sets
    transaction_timeout, which older servers refuse.
    """
    (program, *_to_server), known = _program("pg_restore", url)
    words = ["--no-owner", "--no-acl", "--exit-on-error", "--file=-"]
    reading = _piped([program, *words, str(source / "database.dump")], known, stdout=True)
    command, known = _program("psql", url)
    words = ["--single-transaction", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    writing = _piped([*command, *words], known, stdin=True)
    with suppress(BrokenPipeError), reading, writing:
        assert reading.stdout and writing.stdin  # noqa: S101 - asked for two lines above
        head = b"".join(islice(reading.stdout, 40))
        writing.stdin.write(head.replace(b"SET transaction_timeout = 0;\n", b""))
        shutil.copyfileobj(reading.stdout, writing.stdin)
        if reading.wait() != 0:
            writing.kill()  # before its input ends, which would commit half a dump
    _demand_well("pg_restore", reading)
    _demand_well("psql", writing)


def _piped(
    command: list[str], known: dict[str, str], *, stdin: bool = False, stdout: bool = False
) -> subprocess.Popen[bytes]:
    # What it says of its trouble goes straight to the person who restores.
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE if stdout else subprocess.DEVNULL,
        env=known,
    )


def _demand_well(name: str, process: subprocess.Popen[bytes]) -> None:
    if process.returncode != 0:
        raise CopyError(f"{name} did not finish; its own words are above. Nothing was changed.")


def _replace_database(source: Path, url: str) -> None:
    """Load into a database beside the old one, and give it the name only when it is whole."""
    name = postgres.parse(url)["dbname"]
    fresh, old = (f"{name}_{word}_{secrets.token_hex(4)}" for word in ("restored", "replaced"))
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:

        def order(text: str, *names: str) -> None:
            connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))

        order("CREATE DATABASE {} TEMPLATE template0", fresh)
        try:
            _load(source, make_conninfo(url, dbname=fresh))
            order("ALTER DATABASE {} RENAME TO {}", name, old)
        except BaseException:
            order("DROP DATABASE {} WITH (FORCE)", fresh)
            raise
        order("ALTER DATABASE {} RENAME TO {}", fresh, name)
        order("DROP DATABASE {}", old)


def _put_back(source: Path, at: Path) -> None:
    """Put files and key in place of what is there; each is whole before it gets its name."""
    for name in _KEPT:
        if not (source / name).exists():
            continue
        draft = at / f".{name}.restored"
        _remove(draft)
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy2
        copy(source / name, draft)
        _remove(at / name)
        draft.rename(at / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
