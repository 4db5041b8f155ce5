"""What each word of the `heard` command does. Django is set up before a command is imported."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import django

django.setup()

from heard.commands import bring, house, tokens  # noqa: E402 - they import models

COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "serve": house.serve,
    "demo": house.demo,
    "check": house.check,
    "backup": house.backup,
    "restore": house.restore,
    "web": house.web,
    "worker": house.worker,
    "door": house.door,
    "post": house.post,
    "token": tokens.token,
    "import": bring.bring,
}
