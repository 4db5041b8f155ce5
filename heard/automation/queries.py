"""Saved replies, macros, and what rules did, reached through the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from heard.accounts.models import User
from heard.automation.models import Firing, Macro, Rule, SavedReply
from heard.automation.models.circle import SharedQuerySet
from heard.automation.verbs import macros
from heard.inbox import variables
from heard.inbox.models import Conversation

# As many as a list to type into is given; those used most come first.
MOST_OFFERED = 500
PAGE = 40


def replies_of(user: User) -> SharedQuerySet:
    """The saved replies this person sees."""
    return SavedReply.objects.of(user).select_related("team")


def macros_of(user: User) -> SharedQuerySet:
    """The macros this person sees."""
    return Macro.objects.of(user).select_related("team", "reply")


def offered(user: User, conversation: Conversation) -> dict[str, list[dict[str, Any]]]:
    """What the composer's list holds: each reply filled for this conversation, each macro with
    what it does."""
    replies = replies_of(user).kept_for(user).most_used_first()[:MOST_OFFERED]
    own = macros_of(user).kept_for(user).most_used_first()[:MOST_OFFERED]
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


@dataclass(frozen=True, slots=True)
class Log:
    """Some firings of a rule, newest first, each with its conversation where it can be reached.

    before: the key of those that come after these in the list; empty when these are the last.
    """

    rows: list[tuple[Firing, Conversation | None]]
    before: str


def firings_of(user: User, rule: Rule, before: str = "") -> Log:
    """A page of what a rule did. Conversations out of this person's reach are left unnamed."""
    found = rule.firings.order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    ids = {one.conversation_id for one in rows}
    reached = Conversation.objects.of(user).filter(pk__in=ids).select_related("contact")
    named = {one.pk: one for one in reached}
    shown = [(one, named.get(one.conversation_id)) for one in rows[:PAGE]]
    return Log(shown, str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")
