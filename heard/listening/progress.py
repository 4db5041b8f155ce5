"""How far the reading of many files has come: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

# A smaller file is read before a bar could be seen.
_LARGE = 1_000_000


def progress(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the paths, with a bar on the error stream where a person watches."""
    if not is_watched() or (len(paths) < 2 and sum(map(_size, paths)) < _LARGE):
        yield from paths
        return
    # Loading it takes longer than reading a letter.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Elapsed(),
        console=Console(stderr=True),
        transient=True,
        # What is printed stands above the bar, and what goes to a file stays out of it.
        redirect_stdout=sys.stdout.isatty(),
    ) as bar:
        shown = bar.add_task("", total=len(paths))
        for path in paths:
            bar.update(shown, description=path.name)
            yield path
            bar.advance(shown)


def is_watched() -> bool:
    """Does the error stream go to a terminal, and the output not into another program?"""
    return sys.stderr.isatty() and not _is_pipe()


def _is_pipe() -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return True


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
