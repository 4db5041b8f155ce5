"""What the shell around every page shows, asked for only when a page has the shell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from heard import flow
from heard.accounts.models import User
from heard.inbox import queries
from heard.inbox.models import Inbox


def shell(request: HttpRequest) -> dict[str, Any]:
    """Counts, inboxes and what waits at the border; nothing for someone not signed in."""
    user = request.user
    if not isinstance(user, User):
        return {}
    inboxes = SimpleLazyObject(lambda: inboxes_of(user))

    def number(name: str) -> Any:
        return SimpleLazyObject(lambda: getattr(inboxes[0], name) if inboxes else 0)

    return {
        "inboxes": inboxes,
        "counts": {name: number(name) for name in queries.NAMES},
        "attention": number("attention"),
        "unsent": number("unsent"),
        "bell": number("bell"),
    }


def inboxes_of(user: User) -> list[Inbox]:
    """The person's inboxes, each with all the numbers of the shell: they come in one query."""
    numbers = {**queries.counts(user), **flow.beside("shell", user)}
    return list(Inbox.objects.of(user).annotate(**numbers))
