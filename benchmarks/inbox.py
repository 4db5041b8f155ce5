"""The team inbox among a million conversations, against the same among ten thousand.

    python benchmarks/inbox.py                                  # both sizes; about half an hour
    python benchmarks/inbox.py --size 10000 --size 50000        # smaller ones
    python benchmarks/inbox.py --write                          # the table goes to docs/

Databases are made beside your own (HEARD_HOME, else var/benchmark), one for each size, and kept for
the next run unless `--fresh`. Pages are asked of Heard in process, on its real settings; bulk acts
and live streams of processes of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from crowd import table

from heard.ground import postgres

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
SIZES = [10_000, 1_000_000]
# What is measured, each by a module of crowd/ in a process of its own.
PARTS = ("pages", "bulk", "tabs")


def main() -> None:
    """Make what is missing, measure, print the table."""
    wanted = _words()
    at = Path(os.environ.get("HEARD_HOME", "var/benchmark")).resolve()
    with postgres.running(at):
        found = {size: _measured(at, size, wanted) for size in wanted.size or SIZES}
        shown = table.markdown(found, machine=table.machine(postgres.dsn(at)))
    print(shown)
    if wanted.write:
        PAGE.write_text(table.put(PAGE.read_text(), shown))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="conversations; may be repeated")
    parser.add_argument("--fresh", action="store_true", help="make the databases anew")
    parser.add_argument("--write", action="store_true", help="put the table into docs/")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure only this")
    return parser.parse_args()


def _measured(at: Path, size: int, wanted: argparse.Namespace) -> dict[str, Any]:
    name = f"crowd_{size}"
    if wanted.fresh or not _is_full(at, name):
        _fill(at, name, size)
    _run(at, name, "heard.ground.opening")  # one that was kept may be of an earlier version
    found: dict[str, Any] = {}
    for part in wanted.only or PARTS:
        print(f"{size:,}: {part}", file=sys.stderr, flush=True)
        found |= json.loads(_run(at, name, f"crowd.{part}", str(size)))
    return found


def _is_full(at: Path, name: str) -> bool:
    """Whether a database is there and was filled to the end: only then it bears its remark."""
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(postgres.dsn(at)) as connection:
        found = connection.execute(asked, [name]).fetchone()
    return found is not None and found[0] == "full"


def _fill(at: Path, name: str, size: int) -> None:
    print(f"Making {size:,} conversations", flush=True)
    began = time.perf_counter()
    with psycopg.connect(postgres.dsn(at, "postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} OWNER heard TEMPLATE template0")
        _run(at, name, "crowd.filling", str(size), postgres.dsn(at, name, "postgres"))
        connection.execute(f"COMMENT ON DATABASE {name} IS 'full'")
    print(f"Made in {time.perf_counter() - began:.0f} s", flush=True)


def _run(at: Path, name: str, module: str, *words: str) -> str:
    environment = {
        **os.environ,
        "DATABASE_URL": postgres.dsn(at, name),
        "DJANGO_SETTINGS_MODULE": "heard.settings",
        "HEARD_HOME": str(at),
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
    }
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


if __name__ == "__main__":
    main()
