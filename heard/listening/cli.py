"""`heard listen FILE…`: read conversations from files and print what is heard in them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from heard.listening import report
from heard.listening.encoder import encoder
from heard.listening.formats import KNOWN, Unreadable, conversations, files
from heard.listening.progress import progress
from heard.listening.reading import read
from heard.listening.remarks import Remark, remarks
from heard.listening.types import Reading

if TYPE_CHECKING:
    from heard.listening.encoder.network import Encoder

NAMED = 3
Form = Callable[[str, Reading, Sequence[Remark]], str]


@dataclass(slots=True)
class Failures:
    """What could not be read. Each is told at once, and the others are still read."""

    told: list[str] = field(default_factory=list)

    def add(self, path: Path, error: Exception) -> None:
        """Tell of one on the error stream."""
        words = error.strerror if isinstance(error, OSError) else ""
        self.told.append(f"{path}: {words}." if words else str(error))
        print(f"heard listen: {self.told[-1]}", file=sys.stderr)


def main(argv: Sequence[str]) -> int:
    """Read the files named in `argv` and print a report on each conversation.

    A file that cannot be read is named on the error stream, with its line, and the others are
    still read. Returns 0, or 2 when a file could not be read.
    """
    asked = _parser().parse_args(argv)
    failures = Failures()
    if isinstance(sys.stdout, TextIOWrapper):
        # Any letter of any language, on whatever terminal; and JSON is UTF-8 by its standard.
        utf8 = None if asked.format == "text" else "utf-8"
        sys.stdout.reconfigure(encoding=utf8, errors="replace")
    try:
        _print(asked, failures)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has read enough, as `head` does. Python writes once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    return 2 if failures.told else 0


def _print(asked: argparse.Namespace, failures: Failures) -> None:
    paths = list(_paths(asked.files, failures))
    us = frozenset(asked.us)
    with_encoder = None if asked.rules else encoder()
    if asked.format == "html":
        # Loading what draws takes longer than reading a letter.
        from heard.listening import page

        found = enumerate(_heard(paths, us, with_encoder, failures), 1)
        print(page.whole([page.section(n, *heard) for n, heard in found], failures.told))
        return
    form: Form = report.line if asked.format == "json" else report.text
    for heard in _heard(paths, us, with_encoder, failures):
        print(form(*heard), flush=True)


def _paths(named: Sequence[Path], failures: Failures) -> Iterator[Path]:
    """Every file that is named, once: a glob and a name, or `a` and `./a`, may name the same."""
    seen: set[str] = set()
    for path in named:
        try:
            found = files(path)
        except (Unreadable, OSError) as error:
            failures.add(path, error)
            continue
        for each in found.paths:
            if (real := os.path.realpath(each)) not in seen:
                seen.add(real)
                yield each
        if found.others:
            print(f"heard listen: {_passed_over(found.others)}", file=sys.stderr)


def _passed_over(others: Sequence[Path]) -> str:
    """Which files are not read, the first few by name. No full stop: it would belong to a path."""
    named = ", ".join(map(str, others[:NAMED]))
    more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
    return f"passed over, of {'another kind' if len(others) == 1 else 'other kinds'}: {named}{more}"


def _heard(
    paths: Sequence[Path], us: frozenset[str], with_encoder: Encoder | None, failures: Failures
) -> Iterator[tuple[str, Reading, tuple[Remark, ...]]]:
    """Every conversation that can be read, with what is to be said of it."""
    for path in progress(paths):
        try:
            for found in conversations(path, us):
                reading = read(found.turns, encoder=with_encoder)
                yield found.source, reading, (*found.remarks, *remarks(reading))
        except (Unreadable, OSError) as error:
            failures.add(path, error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="heard listen",
        description=f"Read conversations from files ({KNOWN}), folders and globs.",
        epilog="Exit code 2: a file could not be read; the others were.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--format",
        choices=("text", "json", "html"),
        default="text",
        help="json: one object a line (docs/reading.schema.json); html: one page, also for paper",
    )
    parser.add_argument(
        "--us",
        "--agent",
        action="append",
        default=[],
        metavar="NAME",
        help="an address, domain or speaker of our side; may be given several times",
    )
    parser.add_argument("--rules", action="store_true", help="by rules alone: faster, and deafer")
    return parser
