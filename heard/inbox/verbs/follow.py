"""Following a conversation, by one's own wish or because one was called into it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from heard.accounts.models import User
from heard.events.verbs import record
from heard.inbox.mentions import mentioned_in
from heard.inbox.models import Conversation, Follower
from heard.inbox.queries import assignable


@transaction.atomic
def follow(by: User, conversation: Conversation) -> None:
    """Hear of it from now on. Following twice is the same as following once."""
    _row, new = Follower.objects.get_or_create(user=by, conversation=conversation)
    if new:
        record("conversation.followed", by=by, conversation=conversation)


@transaction.atomic
def unfollow(by: User, conversation: Conversation) -> None:
    """Hear of it no longer, unless it is one's own."""
    gone, _each = Follower.objects.filter(user=by, conversation=conversation).delete()
    if gone:
        record("conversation.unfollowed", by=by, conversation=conversation)


def call_in(conversation: Conversation, text: str) -> list[int]:
    """Let those follow whom a note calls by name and who reach it; their ids."""
    if "@" not in text:
        return []
    called = mentioned_in(text, assignable(conversation))
    let_follow(conversation, called)
    return [one.pk for one in called]


def let_follow(conversation: Conversation, people: Iterable[User]) -> None:
    """Make these people followers; those who are stay so."""
    Follower.objects.bulk_create(
        [Follower(user=one, conversation=conversation) for one in people], ignore_conflicts=True
    )
