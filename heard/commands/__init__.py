"""What each word of the `heard` command does; a process imports no more than its own."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Callable

import django
from django.utils.module_loading import import_string

from heard import environment

Run = Callable[[argparse.Namespace], int]

COMMANDS = {
    "serve": "heard.commands.serve.serve",
    "check": "heard.commands.house.check",
    "backup": "heard.commands.house.backup",
    "restore": "heard.commands.house.restore",
    "web": "heard.commands.processes.run",
    "worker": "heard.commands.processes.run",
    "listener": "heard.commands.processes.run",
    "door": "heard.commands.processes.run",
    "post": "heard.commands.processes.run",
    "demo": "heard.commands.demo.demo",
    "token": "heard.commands.tokens.token",
    "import": "heard.commands.bring.bring",
}
# The parent and the post office need no rooms: they start at once and stay small.
BARE = {"serve", "post"}


def command(name: str) -> Run:
    """The function behind a word, with Django ready where it needs it."""
    if name == "check":
        _only_look()
    if name not in BARE:
        django.setup()
    run: Run = import_string(COMMANDS[name])
    return run


def _only_look() -> None:
    """Lend a house without a key one for this process: the settings would make one and keep it."""
    if not environment.read("HEARD_SECRET_KEY") and not _has_a_key():
        os.environ["HEARD_SECRET_KEY"] = secrets.token_urlsafe(50)


def _has_a_key() -> bool:
    return (environment.home() / "secret_key").exists()
