"""A letter that may belong elsewhere: join it there, or say that it stands alone."""

from __future__ import annotations

from django.db import transaction

from heard.accounts.models import User
from heard.events.verbs import record
from heard.inbox import findable
from heard.inbox.models import Conversation, Participant
from heard.inbox.verbs.conduct import locked
from heard.refusal import Refusal


@transaction.atomic
def join(by: User, conversation: Conversation, into: Conversation) -> Conversation:
    """Move everything of one conversation into another and return that one.

    Its people take part from now on, so their next letters arrive there by themselves.
    """
    if conversation.pk == into.pk:
        raise Refusal("A conversation can't be joined to itself.", code="same")
    first, second = sorted([conversation, into], key=_by_id)
    held = {c.pk: c for c in (locked(first), locked(second))}
    source, target = held[conversation.pk], held[into.pk]
    moved = list(source.messages.values_list("pk", flat=True))
    source.messages.update(conversation=target)
    findable.follow(target.pk, moved)
    _move_participants(source, target)
    _carry_over(source, target)
    record(
        "conversation.joined",
        by=by,
        conversation=target,
        topics=[*source.topics, *target.topics],
        joined=source.pk,
    )
    source.delete()
    return target


@transaction.atomic
def keep_apart(by: User, conversation: Conversation) -> Conversation:
    """Dismiss the hint: this conversation stands alone."""
    conversation = locked(conversation)
    conversation.may_belong_to = None
    conversation.may_belong_why = ""
    conversation.save(update_fields=["may_belong_to", "may_belong_why"])
    record("conversation.kept-apart", by=by, conversation=conversation, topics=conversation.topics)
    return conversation


def _by_id(conversation: Conversation) -> int:
    # Always locked in the same order, so that two joins at once can't wait for each other.
    return conversation.pk


def _move_participants(source: Conversation, target: Conversation) -> None:
    moved = [
        Participant(conversation=target, address=one.address, name=one.name)
        for one in source.participants.all()
    ]
    Participant.objects.bulk_create(moved, ignore_conflicts=True)


def _carry_over(source: Conversation, target: Conversation) -> None:
    if source.last_at >= target.last_at:
        target.last_at, target.preview = source.last_at, source.preview
    if source.is_open:
        target.take_up()
    waits = [w for w in (source.waiting_since, target.waiting_since) if w]
    target.waiting_since = min(waits) if waits else None
    target.assignee = target.assignee or source.assignee
    target.has_files = target.has_files or source.has_files
    target.tag_ids = list(dict.fromkeys([*target.tag_ids, *source.tag_ids]))
    # Whoever saw the one sees the whole: a letter never leaves its inbox's sight.
    target.inbox_ids = list(dict.fromkeys([*target.inbox_ids, *source.inbox_ids]))
    target.save()
