"""Saved replies and macros, reached through the person."""

from __future__ import annotations

from typing import Any

from heard.accounts.models import User
from heard.automation.models import Macro, SavedReply
from heard.automation.models.circle import SharedQuerySet
from heard.automation.verbs import macros
from heard.inbox import variables
from heard.inbox.models import Conversation

# As many as a list to type into is given; those used most come first.
MOST_OFFERED = 500


def replies_of(user: User) -> SharedQuerySet:
    """The saved replies this person sees."""
    return SavedReply.objects.of(user).select_related("team")


def macros_of(user: User) -> SharedQuerySet:
    """The macros this person sees."""
    return Macro.objects.of(user).select_related("team", "reply")


def offered(user: User, conversation: Conversation) -> dict[str, list[dict[str, Any]]]:
    """What the composer's list holds: each reply filled for this conversation, each macro with
    what it does."""
    replies = replies_of(user).most_used_first()[:MOST_OFFERED]
    own = macros_of(user).most_used_first()[:MOST_OFFERED]
    return {
        "replies": [
            {
                "id": one.pk,
                "name": one.name,
                "shortcut": one.shortcut,
                "text": variables.filled(one.text, conversation, user),
            }
            for one in replies
        ],
        "macros": [{"id": one.pk, "name": one.name, "does": macros.said(one)} for one in own],
    }
