"""Fills a database with a crowd, by COPY and over two cores: python -m crowd.filling SIZE"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

import django
import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg import sql

from crowd import house
from crowd.rows import BLOCK, COLUMNS, NULL, Crowd, Rows

CORES = 2
# Findables kept in one statement, by messages.
STEP = 20_000
FINDABLE = """
INSERT INTO inbox_findable (message_id, conversation_id, at, language, words)
SELECT message.id, message.conversation_id, message.at, spoken.language, heard_findable(
    spoken.language, message.author_name || ' ' || message.author_address, message.subject,
    (SELECT string_agg(file.name, ' ') FROM inbox_attachment AS file
        WHERE file.message_id = message.id AND NOT file.inline), message.text)
FROM inbox_message AS message, LATERAL (SELECT CASE WHEN message.conversation_id %% 10 = 1
    THEN 'german' ELSE 'english' END AS language) AS spoken
WHERE message.id > %s AND message.id <= %s ORDER BY message.at, message.id
"""
INDEXES = """
SELECT name.relname, pg_get_indexdef(name.oid) FROM pg_index
JOIN pg_class AS name ON name.oid = indexrelid JOIN pg_class AS over ON over.oid = indrelid
WHERE over.relname = ANY(%s) AND NOT indisunique
"""
TABLES = [*COLUMNS, "inbox_findable"]


def main(size: int, database: str) -> None:
    """Make everything, and say how long each step took. `database`: its URL for a superuser."""
    with _told("tables and people"):
        _prepare()
        crowd = Crowd(size, house.staff())
    kept = _drop_indexes(database)
    parts = [(crowd, database, part) for part in range(CORES)]
    with _told("customers, conversations and messages"):
        _side_by_side(_copy, parts)
    with _told("words to be found by"):
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("CREATE INDEX ON inbox_attachment (message_id)")
            connection.execute("ANALYZE inbox_attachment")
        _side_by_side(_keep_words, parts)
    with _told("indexes"):
        _build(database, kept)
    with _told("statistics"):
        _settle(database)


@contextmanager
def _told(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"  {what}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


def _prepare() -> None:
    from django.core.management import call_command

    from heard.ground import migrations

    migrations.apply()
    call_command("createcachetable", verbosity=0)
    house.furnish()
    from django.db import connection

    connection.close()


def _side_by_side(work: Callable[..., None], parts: list[tuple[Any, ...]]) -> None:
    with get_context("fork").Pool(CORES) as pool:
        pool.starmap(work, parts)


def _copy(crowd: Crowd, database: str, part: int) -> None:
    with psycopg.connect(database) as connection:
        _hurry(connection)
        rest = {table: _constants(table) for table in COLUMNS}
        for first in range(part * BLOCK, crowd.size, CORES * BLOCK):
            upto = min(first + BLOCK, crowd.size)
            for rows in (crowd.customers(first, upto), crowd.block(first, upto)):
                _write(connection, rows, rest)
            connection.commit()


def _hurry(connection: psycopg.Connection[Any]) -> None:
    """No wait for the disk, no look at foreign keys: the rows are known to fit."""
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")


def _write(connection: psycopg.Connection[Any], rows: Rows, rest: dict[str, Any]) -> None:
    for table, found in rows.items():
        names, values = rest[table]
        columns = sql.SQL(", ").join(map(sql.Identifier, [*COLUMNS[table].split(), *names]))
        copying = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
        ends = "".join(f"\t{value}" for value in values) + "\n"
        lines = "".join("\t".join(map(str, row)) + ends for row in found)
        with connection.cursor().copy(copying) as copy:
            copy.write(lines)


def _constants(table: str) -> tuple[list[str], list[str]]:
    """The columns that no row names, and what its model puts there by itself."""
    (model,) = [one for one in apps.get_models() if one._meta.db_table == table]
    named = {*COLUMNS[table].split(), "id"}
    fields = [field for field in model._meta.concrete_fields if field.column not in named]
    return [field.column for field in fields], [_constant(field) for field in fields]


def _constant(field: models.Field[Any, Any]) -> str:
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return NULL if field.null else json.dumps(value)
    if isinstance(field, ArrayField):
        return "{}"
    if isinstance(field, models.DateTimeField) and not field.null:
        return datetime.now(UTC).isoformat()
    return NULL if value is None else {True: "t", False: "f"}.get(value, str(value))


def _keep_words(crowd: Crowd, database: str, part: int) -> None:
    last = int(crowd.starts[-1])
    with psycopg.connect(database, autocommit=True) as connection:
        _hurry(connection)
        for first in range(part * STEP, last, CORES * STEP):
            connection.execute(FINDABLE, [first, first + STEP])


def _drop_indexes(database: str) -> list[str]:
    """Drop what is no constraint; return how to build it again."""
    with psycopg.connect(database) as connection:
        found = connection.execute(INDEXES, [TABLES]).fetchall()
        for name, _ in found:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [definition for _, definition in found]


def _build(database: str, definitions: list[str]) -> None:
    # The largest first, so that both cores are busy to the end.
    ordered = sorted(definitions, key=lambda one: ("findable_words" not in one, "gin" not in one))
    with get_context("fork").Pool(CORES) as pool:
        pool.starmap(_index, [(database, one) for one in ordered], chunksize=1)


def _index(database: str, definition: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '1500MB'")
        connection.execute("SET max_parallel_maintenance_workers = 0")
        connection.execute("SET statement_timeout = 0")
        connection.execute(definition)  # type: ignore[call-overload]


def _settle(database: str) -> None:
    """Let the next id follow the last, and tell the planner what there is."""
    with psycopg.connect(database, autocommit=True) as connection:
        for table in COLUMNS:
            connection.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))"
                ).format(sql.Literal(table), sql.Identifier(table))
            )
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), sys.argv[2])
