"""heard serve: the parent, which needs no Django of its own and so stays small."""

from __future__ import annotations

import argparse

from heard.demo import script
from heard.ground import processes


def serve(asked: argparse.Namespace) -> int:
    """Start everything and stay until told to stop."""
    return processes.serve(demo=asked.demo, sign_in=script.SIGN_IN if asked.demo else "")
