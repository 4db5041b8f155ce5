"""Closing ten thousand at once, with the list open meanwhile: python -m crowd.bulk SIZE"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from statistics import median, quantiles

import django

django.setup()

from django.db import connection  # noqa: E402 - models need Django
from django.test import Client  # noqa: E402

from crowd import house  # noqa: E402
from heard.accounts.models import User  # noqa: E402
from heard.inbox import verbs  # noqa: E402
from heard.inbox.models import Tag  # noqa: E402

MANY = 10_000
TAG = "to-be-closed"
# Closed ones, evenly from all the years, are opened and tagged; closing them is what is measured.
_OPEN = """
UPDATE inbox_conversation SET status = 'open', closed_at = NULL, tag_ids = tag_ids || %s::bigint
WHERE id IN (SELECT id FROM inbox_conversation
    WHERE status = 'closed' AND id %% greatest(%s / %s, 1) = 0 ORDER BY id LIMIT %s)
"""
_CLEAN = """
UPDATE inbox_conversation SET tag_ids = array_remove(tag_ids, %(tag)s::bigint)
WHERE tag_ids @> ARRAY[%(tag)s::bigint];
DELETE FROM inbox_tag WHERE id = %(tag)s; DELETE FROM procrastinate_jobs;
"""


def main(size: int) -> dict[str, dict[str, object]]:
    """Seconds that the act took in a process of its own, and of the pages asked for meanwhile."""
    tag = Tag.objects.create(name=TAG)
    with connection.cursor() as cursor:
        # A little more than a tenth of all: some of every share are open already.
        cursor.execute(_OPEN, [tag.pk, size * 9 // 10, MANY, MANY])
        opened = cursor.rowcount
        cursor.execute("VACUUM ANALYZE inbox_conversation")
    connection.close()
    try:
        return _measured(size, opened)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(_CLEAN, {"tag": tag.pk})


def _measured(size: int, opened: int) -> dict[str, dict[str, object]]:
    user = User.objects.get(pk=house.staff().admin)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    client.get("/inbox")
    command = [sys.executable, "-m", "crowd.bulk", str(size), "act"]
    acting = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert acting.stdout is not None
    acting.stdout.readline()  # it has begun
    pages = []
    while acting.poll() is None:
        began = time.perf_counter()
        client.get("/inbox")
        pages.append((time.perf_counter() - began) * 1000)
    changed, seconds = json.loads(acting.stdout.read())
    if changed != opened:
        raise SystemExit(f"{changed} of {opened} were closed")
    meanwhile = {"median": median(pages), "p95": quantiles(pages, n=20)[-1], "limit": 0}
    whole = {"median": seconds * 1000, "p95": seconds * 1000, "rows": changed, "limit": 5_000}
    return {
        "Bulk|closing ten thousand": whole,
        "Bulk|the list meanwhile": {**meanwhile, "rows": len(pages)},
    }


def act() -> None:
    """Close what is tagged: the act itself, as the worker does it."""
    user = User.objects.get(pk=house.staff().admin)
    print("begun", flush=True)
    began = time.perf_counter()
    bulk = verbs.act_on(user, "close", q=f"tag:{TAG} is:open")
    verbs.go_on(bulk.pk)
    seconds = time.perf_counter() - began
    bulk.refresh_from_db()
    print(json.dumps([bulk.changed, seconds]))


if __name__ == "__main__":
    if sys.argv[2:]:
        act()
    else:
        print(json.dumps(main(int(sys.argv[1]))))
