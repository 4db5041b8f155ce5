"""The `heard` command: one word for each thing an owner does with the machine."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 not well, 2 asked wrongly."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["listen"]:
        # Listening to files needs neither database nor settings: it starts at once.
        return int(import_module("heard.listening.cli").main(words[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    asked = parser().parse_args(words)
    return int(import_module("heard.commands").command(asked.command)(asked))


def parser() -> argparse.ArgumentParser:
    """What may be typed, with a line of help for each."""
    heard = argparse.ArgumentParser(prog="heard", description="Customers, heard.")
    commands = heard.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="start everything; Ctrl-C stops it")
    serve.add_argument("--demo", action="store_true", help="with the demo company")
    commands.add_parser("demo", help="fill the demo company, once")
    _token(commands.add_parser("token", help="print an API token"))
    _import(commands.add_parser("import", help="bring in letters from files"))
    commands.add_parser("listen", help="read conversations from files (heard listen --help)")
    commands.add_parser("check", help="is everything well?")
    backup = commands.add_parser("backup", help="keep a copy of everything")
    backup.add_argument("folder", metavar="DIR")
    restore = commands.add_parser("restore", help="put a copy back")
    restore.add_argument("folder", metavar="DIR")
    restore.add_argument("--force", action="store_true", help="replace what is there")
    for name, does in (
        ("web", "pages, API and live streams"),
        ("worker", "the jobs, such as opening and sending letters"),
        ("listener", "reading what was said"),
        ("door", "the SMTP door"),
        ("post", "the demo's post office"),
    ):
        commands.add_parser(name, help=f"one process alone: {does}")
    return heard


def _token(token: argparse.ArgumentParser) -> None:
    token.add_argument("--user", required=True, metavar="EMAIL")
    token.add_argument("--scope", action="append", choices=["read", "write"], required=True)
    token.add_argument("--name", default="command line")
    token.add_argument("--days", type=int, default=90)


def _import(bring: argparse.ArgumentParser) -> None:
    bring.add_argument("kind", choices=["mbox", "eml"])
    bring.add_argument("files", nargs="+", metavar="FILE")
    bring.add_argument("--inbox", required=True, metavar="NAME", help="name or address")
