"""heard import"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.db.models import Q
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from heard.commands.asking import asking
from heard.gateway.importing import bring_in
from heard.inbox.models import Inbox
from heard.refusal import Refusal


@asking
def bring(asked: argparse.Namespace) -> int:
    """Keep every letter of the files; the worker opens them. Safe to repeat."""
    inbox = Inbox.objects.filter(Q(name__iexact=asked.inbox) | Q(address__iexact=asked.inbox))
    if (found := inbox.first()) is None:
        known = ", ".join(Inbox.objects.values_list("name", flat=True)) or "none yet"
        print(f"There is no inbox «{asked.inbox}». Inboxes: {known}.", file=sys.stderr)
        return 1
    return max(_one(found, Path(name)) for name in asked.files)


def _one(inbox: Inbox, path: Path) -> int:
    try:
        with _bar() as bar:
            shown = bar.add_task(path.name, total=path.stat().st_size)

            def tell(count: int) -> None:
                bar.advance(shown, count)

            letters = bring_in(inbox, path, tell)
            bar.update(shown, completed=path.stat().st_size)
    except FileNotFoundError:
        print(f"There is no file {path}.", file=sys.stderr)
        return 1
    except (Refusal, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path.name}: {letters} letters read for {inbox.name}. The worker opens the new ones.")
    return 0


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
