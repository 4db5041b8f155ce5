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
    border = SimpleLazyObject(lambda: flow.beside("shell", user))
    return {
        "counts": SimpleLazyObject(lambda: queries.counts(user)),
        "inboxes": SimpleLazyObject(lambda: list(Inbox.objects.of(user))),
        "attention": SimpleLazyObject(lambda: border["attention"]),
        "unsent": SimpleLazyObject(lambda: border["unsent"]),
    }
