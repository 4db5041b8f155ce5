"""What the shell around every page shows, asked for only when a page has the shell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from heard import flow
from heard.accounts.models import User
from heard.inbox import lists
from heard.inbox.models import Inbox, SavedView
from heard.ui import undo

# As many as the rail has room for, each with its number.
MOST_VIEWS = 20


def shell(request: HttpRequest) -> dict[str, Any]:
    """Counts, inboxes and what waits at the border; nothing for someone not signed in."""
    user = request.user
    if not isinstance(user, User):
        return {}
    views = SimpleLazyObject(lambda: list(SavedView.objects.in_rail_of(user)[:MOST_VIEWS]))
    inboxes = SimpleLazyObject(lambda: inboxes_of(user, list(views)))
    return {
        "inboxes": inboxes,
        "views": views,
        "counts": SimpleLazyObject(lambda: counts_of(list(inboxes), list(views))),
        "undo": SimpleLazyObject(lambda: undo.offered(request)),
    }


def inboxes_of(user: User, views: list[SavedView]) -> list[Inbox]:
    """The person's inboxes, each with all the numbers of the shell: they come in one query."""
    numbers = {**lists.counts(user, views), **flow.beside("shell", user)}
    return list(Inbox.objects.of(user).annotate(**numbers))


def counts_of(inboxes: Sequence[Inbox], views: Sequence[SavedView]) -> dict[str, int]:
    """How many open conversations each place and view holds, and what waits at the border."""
    names = [*lists.COUNTED, *(lists.name_of(view) for view in views), *flow.BESIDE["shell"]]
    return {name: getattr(inboxes[0], name, 0) if inboxes else 0 for name in names}
