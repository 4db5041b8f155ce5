"""What a command says when the database does not answer: a sentence, as everywhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import wraps

from django.db import OperationalError

from heard.ground.doctor import no_database

Run = Callable[[argparse.Namespace], int]


def asking(run: Run) -> Run:
    """The command, for which a database that does not answer is code 1 and no traceback."""

    @wraps(run)
    def asks(asked: argparse.Namespace) -> int:
        try:
            return run(asked)
        except OperationalError as error:
            found = no_database(error)
            print(f"{found.name}: {found.sentence}", file=sys.stderr)
            return 1

    return asks
