"""What each word of the `heard` command does; a process imports no more than its own."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Callable
from importlib import import_module

import django

from heard import environment

Run = Callable[[argparse.Namespace], int]

COMMANDS = {
    "serve": "heard.commands.serve",
    "check": "heard.commands.house",
    "backup": "heard.commands.house",
    "restore": "heard.commands.house",
    "web": "heard.commands.processes",
    "worker": "heard.commands.processes",
    "listener": "heard.commands.processes",
    "door": "heard.commands.processes",
    "post": "heard.commands.processes",
    "demo": "heard.commands.demo",
    "token": "heard.commands.tokens",
    "import": "heard.commands.bring",
}
# The parent and the post office need no rooms: they start at once and stay small.
BARE = {"serve", "post"}


def command(name: str) -> Run:
    """The function behind a word, with Django ready where it needs it."""
    if name == "check":
        _only_look()
    if name not in BARE:
        django.setup()
    module = import_module(COMMANDS[name])
    run: Run = getattr(module, "bring" if name == "import" else name)
    return run


def _only_look() -> None:
    """Lend a house without a key one for this process: the settings would make one and keep it."""
    if not environment.read("HEARD_SECRET_KEY") and not _has_a_key():
        os.environ["HEARD_SECRET_KEY"] = secrets.token_urlsafe(50)


def _has_a_key() -> bool:
    return (environment.home() / "secret_key").exists()
