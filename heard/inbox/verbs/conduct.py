"""Who has a conversation, and whether it is open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard import clock, flow
from heard.accounts.models import Role, User
from heard.events.verbs import record
from heard.inbox.models import Attachment, Conversation, DraftFile, Seen
from heard.inbox.queries import assignable
from heard.refusal import Refusal


@transaction.atomic
def assign(
    by: User | None, conversation: Conversation, to: User | None, *, why: str = "", before: str = ""
) -> Conversation:
    """Give a conversation to a colleague who reaches it, or to nobody.

    by: None when it is handed out; why then says by what right (heard/inbox/handed.py), and
    before who had it. Raises Refusal when the colleague's teams do not look after this inbox.
    """
    conversation = locked(conversation)
    if to is not None and not assignable(conversation).filter(pk=to.pk).exists():
        raise Refusal(
            f"{to.name} is in no team of this inbox. Choose a colleague who is.",
            code="out-of-reach",
            field="user",
        )
    if conversation.assignee_id != (to.pk if to else None):
        conversation.assignee, conversation.woke_why = to, ""
        conversation.save(update_fields=["assignee", "woke_why"])
        record(
            "conversation.assigned",
            by=by,
            conversation=conversation,
            topics=conversation.topics,
            assignee=to.pk if to else None,
            given_to=to.name if to else "",
            why=why,
            before=before,
        )
    return conversation


@transaction.atomic
def close(by: User | None, conversation: Conversation) -> Conversation:
    """Mark a conversation as done; `by` is None when it came in as history.

    Closing twice is the same as closing once.
    """
    conversation = locked(conversation)
    if conversation.status != Conversation.Status.CLOSED:
        conversation.status = Conversation.Status.CLOSED
        conversation.closed_at, conversation.snoozed_until = clock.now(), None
        conversation.woke_why = ""
        conversation.save(update_fields=Conversation.TAKEN_UP)
        record("conversation.closed", by=by, conversation=conversation, topics=conversation.topics)
    return conversation


@transaction.atomic
def reopen(by: User, conversation: Conversation) -> Conversation:
    """Take a closed conversation up again. Reopening twice is the same as reopening once."""
    conversation = locked(conversation)
    if not conversation.is_open:
        conversation.take_up()
        conversation.save(update_fields=Conversation.TAKEN_UP)
        record(
            "conversation.reopened", by=by, conversation=conversation, topics=conversation.topics
        )
    return conversation


@transaction.atomic
def delete(by: User, conversation: Conversation) -> None:
    """Remove a conversation with its messages and files. Raises Refusal for who may not.

    Its envelopes stay behind, emptied, so that the same letters do not come back with the
    next look into the mailbox.
    """
    if not may_delete(by):
        raise Refusal("Only a lead or an admin can delete a conversation.", code="role")
    conversation = locked(conversation)
    # Bounces and copies of our own letters have an envelope but no message of their own.
    came = conversation.messages.values_list("digest", "envelopes__digest")
    digests = {digest for pair in came for digest in pair if digest}
    record(
        "conversation.deleted",
        by=by,
        conversation=conversation,
        topics=conversation.topics,
        digests=sorted(digests),
    )
    Attachment.objects.filter(message__conversation=conversation).discard()
    DraftFile.objects.filter(draft__conversation=conversation).discard()
    conversation.delete()


def may_delete(by: User) -> bool:
    """Whether this person may delete conversations: leads and admins."""
    return by.role != Role.AGENT


def see(user: User, conversation: Conversation) -> None:
    """Remember that this person has read the conversation up to now."""
    Seen.objects.bulk_create(
        [Seen(user=user, conversation=conversation, at=clock.now())],
        update_conflicts=True,
        unique_fields=["user", "conversation"],
        update_fields=["at"],
    )
    flow.beside("seen", user, conversation)


@transaction.atomic
def owe(
    conversation_id: int,
    *,
    open_asks: int,
    next_due: datetime | None,
    asked_at: datetime | None = None,
) -> None:
    """Keep on the conversation what is owed in it, so that no list need count.

    open_asks, next_due: what we owe; asked_at: since when the customer owes us an answer.
    """
    owed = {"open_asks": open_asks, "next_due": next_due, "asked_at": asked_at}
    changed = Conversation.objects.filter(pk=conversation_id).exclude(**owed).update(**owed)
    if changed:
        conversation = Conversation.objects.get(pk=conversation_id)
        record("conversation.owes", conversation=conversation, topics=conversation.topics)


@transaction.atomic
def fall_due(conversation: Conversation, *, due: datetime | None, kind: str) -> None:
    """Keep on the conversation which service level falls due next, and when, for lists to go by."""
    conversation.level_due, conversation.level_kind = due, kind
    conversation.save(update_fields=["level_due", "level_kind"])
    record("conversation.due", conversation=conversation, topics=conversation.topics)


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, held until the transaction ends."""
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("inbox", "contact", "assignee")
        .get(pk=conversation.pk)
    )
