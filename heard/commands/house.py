"""heard check, backup, restore."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from heard import environment
from heard.ground import backup as copies
from heard.ground import doctor


def check(_asked: argparse.Namespace) -> int:
    """Say of each part whether it is well; 1 when one is not. Makes nothing, it only looks.

    A part that only waits for a person's look is well.
    """
    if not (at := environment.home()).exists():
        print(f"WRONG  home: There is nothing at {at}. `heard serve` begins a house there.")
        return 1
    findings = doctor.checks()
    for finding in findings:
        print(f"{_mark(finding):5}  {finding.name}: {finding.sentence}")
    return 0 if all(finding.ok for finding in findings) else 1


def _mark(finding: doctor.Finding) -> str:
    if not finding.ok:
        return "WRONG"
    return "look" if finding.look else "well"


def backup(asked: argparse.Namespace) -> int:
    """Keep a copy of everything in a folder."""

    def copy() -> object:
        return copies.backup(Path(asked.folder))

    return _copying(copy, f"Kept in {asked.folder}.")


def restore(asked: argparse.Namespace) -> int:
    """Put a copy back."""

    def copy() -> object:
        return copies.restore(Path(asked.folder), force=asked.force)

    return _copying(copy, "Everything is back.")


def _copying(copy: Callable[[], object], says: str) -> int:
    try:
        copy()
    except copies.CopyError as error:
        print(error, file=sys.stderr)
        return 1
    print(says)
    return 0
