"""heard serve, demo, check, backup, restore, and the processes one by one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from heard import worker as working
from heard.accounts import beginning
from heard.demo import company
from heard.gateway.doors import smtp
from heard.ground import backup as copies
from heard.ground import doctor, processes
from heard.ground import post as post_office
from heard.ground import web as serving


def serve(asked: argparse.Namespace) -> int:
    """Start everything and stay until told to stop."""
    sign_in = company.SIGN_IN if asked.demo else f"Set up at {beginning.link()}"
    return processes.serve(demo=asked.demo, sign_in=sign_in)


def demo(_asked: argparse.Namespace) -> int:
    """Fill the demo company unless somebody works here already."""
    print(company.fill())
    return 0


def check(_asked: argparse.Namespace) -> int:
    """Say of each part whether it is well; 1 when one is not."""
    findings = doctor.checks()
    for finding in findings:
        print(f"{'well ' if finding.ok else 'WRONG'}  {finding.name}: {finding.sentence}")
    return 0 if all(finding.ok for finding in findings) else 1


def backup(asked: argparse.Namespace) -> int:
    """Keep a copy of everything in a folder."""
    return _copying(lambda: copies.backup(Path(asked.folder)), f"Kept in {asked.folder}.")


def restore(asked: argparse.Namespace) -> int:
    """Put a copy back."""
    folder = Path(asked.folder)
    return _copying(lambda: copies.restore(folder, force=asked.force), "Everything is back.")


def web(_asked: argparse.Namespace) -> int:
    """The web process."""
    return serving.run()


def worker(_asked: argparse.Namespace) -> int:
    """The worker process."""
    return working.run()


def door(_asked: argparse.Namespace) -> int:
    """The SMTP door's process."""
    return smtp.run()


def post(_asked: argparse.Namespace) -> int:
    """The demo's post office."""
    return post_office.run()


def _copying(copy: Callable[[], object], says: str) -> int:
    try:
        copy()
    except copies.CopyError as error:
        print(error, file=sys.stderr)
        return 1
    print(says)
    return 0
