"""The server's time for each kind of page: python -m crowd.pages SIZE"""

from __future__ import annotations

import json
import sys
import time
from statistics import median, quantiles

import django

django.setup()

from django.test import Client  # noqa: E402 - models need Django

from crowd import asking, house  # noqa: E402
from crowd.asking import Case  # noqa: E402
from crowd.rows import Crowd  # noqa: E402


def main(size: int) -> dict[str, dict[str, object]]:
    """Of each case: median and 95th percentile in milliseconds, and how many rows a page shows."""
    found = {}
    for case in asking.cases(Crowd(size, house.staff())):
        one = measured(case)
        found[f"{case.group}|{case.name}"] = one
        print(f"  {case.group}: {case.name}: {one['median']:.0f} ms", file=sys.stderr, flush=True)
    return found


def measured(case: Case) -> dict[str, object]:
    """Ask for all of them twice, and time the second round."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(case.user)
    for path in case.paths:
        _took(client, path)
    took = [_took(client, path) for path in case.paths]
    times = [seconds * 1000 for seconds, _ in took]
    return {
        "median": median(times),
        "p95": quantiles(times, n=20)[-1],
        "rows": median(rows for _, rows in took),
        "limit": case.limit,
    }


def _took(client: Client, path: str) -> tuple[float, int]:
    began = time.perf_counter()
    answer = client.get(path)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{path} was answered with {answer.status_code}")
    return seconds, answer.content.count(b'id="row-')


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
