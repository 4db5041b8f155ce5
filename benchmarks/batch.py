"""Read many conversations from Parquet, by ProcessPool and by Dask: rows a second, and the same.

Each row of a shard is one conversation as JSON; each row of the answer is its reading as `heard
listen --format json` prints it. Both run the one function `heard_in`; the digests of what they
wrote must be equal. Needs `pip install -r benchmarks/requirements.txt`.
Run: python benchmarks/batch.py [--rows N] [--processes N]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # training/ is no part of what is installed

import dask  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from heard.listening import Turn, read  # noqa: E402
from heard.listening.encoder import encoder  # noqa: E402
from heard.listening.report import line  # noqa: E402
from training.examples import talks  # noqa: E402

SHARDS = 8


def main() -> None:
    """Write shards, read them three ways, print rows a second and whether the answers agree."""
    parser = argparse.ArgumentParser(description="Read many conversations from Parquet.")
    parser.add_argument("--rows", type=int, default=240)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        shards = fill(Path(place), asked.rows)
        digests = {
            timed("one process", asked.rows, lambda: [*map(heard_in, shards)]),
            timed("ProcessPool", asked.rows, lambda: by_pool(shards, asked.processes)),
            timed("Dask", asked.rows, lambda: by_dask(shards, asked.processes)),
        }
    print("all three wrote the same" if len(digests) == 1 else "THEY DIFFER")
    sys.exit(len(digests) != 1)


def fill(place: Path, rows: int) -> list[Path]:
    """Our own conversations in SHARDS Parquet files, repeated until there are enough."""
    found = talks(ROOT / "training/service", "apart", "tune", "learn")
    told = [
        json.dumps([{"speaker": s.speaker, "text": s.text, "name": s.name} for s in talk.turns])
        for talk in found
    ]
    every = [told[at % len(told)] for at in range(rows)]
    paths = []
    for shard in range(SHARDS):
        path = place / f"shard-{shard}.parquet"
        pq.write_table(pa.table({"conversation": every[shard::SHARDS]}), path)
        paths.append(path)
    return paths


def heard_in(shard: Path) -> str:
    """Read one shard, write its readings beside it, and give the digest of what was written."""
    heard = encoder()
    rows = pq.read_table(shard)["conversation"].to_pylist()
    told = [[Turn(**turn) for turn in json.loads(row)] for row in rows]
    readings = [line("", read(turns, encoder=heard), ()) for turns in told]
    pq.write_table(pa.table({"reading": readings}), shard.with_suffix(f".{os.getpid()}.heard"))
    return hashlib.sha256("\n".join(readings).encode()).hexdigest()


def by_pool(shards: Sequence[Path], processes: int) -> list[str]:
    """The standard library's pool."""
    # Forked processes would begin with what this one remembers, and look faster than they are.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(heard_in, shards))


def by_dask(shards: Sequence[Path], processes: int) -> list[str]:
    """Dask's scheduler of processes."""
    waiting = [dask.delayed(heard_in)(shard) for shard in shards]
    return list(dask.compute(*waiting, scheduler="processes", num_workers=processes))


def timed(name: str, rows: int, work: Callable[[], list[str]]) -> str:
    """Run, print rows a second, and give one digest of all shards."""
    began = perf_counter()
    digests = work()
    print(f"{name}: {rows / (perf_counter() - began):.1f} conversations a second")
    return hashlib.sha256("".join(digests).encode()).hexdigest()


if __name__ == "__main__":
    main()
