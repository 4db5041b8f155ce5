"""`heard listen FILE…`: read conversations from files and print what is heard in them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from heard.listening import report
from heard.listening.formats import Unreadable, conversations, files
from heard.listening.reading import read


def main(argv: Sequence[str]) -> int:
    """Read the files named in `argv` and print a report on each conversation.

    A file that cannot be read is named on the error stream, with its line, and the others are
    still read. Returns 0, or 2 when a file could not be read.
    """
    asked = _parser().parse_args(argv)
    write = report.line if asked.format == "json" else report.text
    us = frozenset(asked.us)
    failed = False
    for path in _files(asked.files):
        try:
            for conversation in conversations(path, us):
                print(write(conversation.source, read(conversation.turns)), flush=True)
        except (Unreadable, OSError) as error:
            failed = True
            print(f"heard listen: {error}", file=sys.stderr)
    return 2 if failed else 0


def _files(named: list[Path]) -> Iterator[Path]:
    for path in named:
        yield from files(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="heard listen",
        description="Read .eml, .mbox, .vtt and .json files, or folders of them.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--us",
        action="append",
        default=[],
        metavar="NAME",
        help="an address, domain or speaker of our side; may be given several times",
    )
    return parser
