"""Two conversations that have to do with each other."""

from __future__ import annotations

from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.events.verbs import record
from heard.inbox.models import Conversation, Link
from heard.refusal import Refusal

MOST = 50


@transaction.atomic
def link(by: User, conversation: Conversation, other: Conversation) -> None:
    """Say that two conversations belong together; each then shows the other. Once is enough.

    Raises Refusal for a conversation and itself, and for one that is linked to very many.
    """
    if conversation.pk == other.pk:
        raise Refusal("A conversation can't be linked to itself.", code="same", field="other")
    if Link.objects.of(conversation).count() >= MOST:
        says = f"It is linked to {MOST} others, the most there can be. Remove one first."
        raise Refusal(says, code="too-many", field="other")
    if _link(conversation.pk, other.pk):
        _tell("conversation.linked", by, conversation, other)


@transaction.atomic
def unlink(by: User, conversation: Conversation, other: Conversation) -> None:
    """Remove the link between two conversations. One that is not there is no matter."""
    first, second = sorted((conversation.pk, other.pk))
    gone, _each = Link.objects.filter(first_id=first, second_id=second).delete()
    if gone:
        _tell("conversation.unlinked", by, conversation, other)


def hand_links_on(source: Conversation, target: Conversation) -> None:
    """Let what was linked to the one be linked to the other."""
    for one in Link.objects.of(source):
        other = one.second_id if one.first_id == source.pk else one.first_id
        if other != target.pk:
            _link(target.pk, other)


def _link(one: int, other: int) -> bool:
    first, second = sorted((one, other))
    _row, new = Link.objects.get_or_create(
        first_id=first, second_id=second, defaults={"at": clock.now()}
    )
    return new


def _tell(event: str, by: User, conversation: Conversation, other: Conversation) -> None:
    topics = [conversation.topic, other.topic]
    record(event, by=by, conversation=conversation, topics=topics, other=other.pk)
