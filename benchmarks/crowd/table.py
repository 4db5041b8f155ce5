"""The figures as a table of Markdown, with the machine they are of named in words."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

BEGINS, ENDS = "<!-- benchmarks/inbox.py -->", "<!-- end of benchmarks/inbox.py -->"
RATIO = 1.5
# Below so many milliseconds a ratio says more of chance than of size.
NOISE = 3.0
Figures = dict[str, dict[str, Any]]


def markdown(found: dict[int, Figures], *, machine: str) -> str:
    """One table: each case at each size, the ratio of the largest to the smallest."""
    sizes = sorted(found)
    heads = [f"median at {size:,}" for size in sizes]
    head = ["", *heads, "ratio", f"p95 at {sizes[-1]:,}", "wanted", ""]
    lines = [machine, "", _line(head), _line(["---", *["---:"] * (len(head) - 1)])]
    group = ""
    for key in found[sizes[-1]]:
        section, name = key.split("|", 1)
        if section != group:
            lines.append(_line([f"**{section}**", *[""] * (len(head) - 1)]))
        group = section
        lines.append(_line(_cells(name, [found[size].get(key) for size in sizes])))
    return "\n".join(lines)


def _cells(name: str, each: list[dict[str, Any] | None]) -> list[str]:
    last = each[-1] or {}
    if "number" in last:
        reached = last["number"] <= last["limit"]
        numbers = [str(one["number"]) if one else "" for one in each]
        return [name, *numbers, "", "", f"≤ {last['limit']}", "" if reached else "missed"]
    ratio = last["median"] / each[0]["median"] if each[0] else None
    fewer = each[0] is not None and each[0]["rows"] < last["rows"]
    told = f"{name} ({each[0]['rows']:g} and {last['rows']:g} rows)" if fewer and each[0] else name
    late = bool(last["limit"]) and last["p95"] > last["limit"]
    slower = ratio is not None and ratio > RATIO and last["median"] > NOISE
    ratios = "" if ratio is None else f"{ratio:.2f}"
    wanted = f"≤ {last['limit']:,} ms" if last["limit"] else ""
    medians = [f"{one['median']:,.0f} ms" if one else "" for one in each]
    missed = "missed" if late or (slower and last["limit"]) else ""
    return [told, *medians, ratios, f"{last['p95']:,.0f} ms", wanted, missed]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine(database: str) -> str:
    """What it was measured on, and when."""
    with psycopg.connect(database) as connection:
        version = connection.info.server_version // 10_000
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    day = f"{datetime.now(UTC):%-d %B %Y}"
    return (
        f"{os.cpu_count()} virtual CPUs ({_processor()}), {memory:.0f} GiB of memory, "
        f"PostgreSQL {version} as Heard starts it, Python {platform.python_version()}, {day}."
    )


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", about.read_text()) if about.exists() else None
    return named[1] if named else platform.machine()


def put(page: str, shown: str) -> str:
    """The page with the table in its place."""
    return re.sub(
        f"{BEGINS}.*{ENDS}", lambda _: f"{BEGINS}\n{shown}\n{ENDS}", page, flags=re.DOTALL
    )
