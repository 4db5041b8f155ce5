"""What waits at the border: letters that could not be opened, letters that have not left."""

from __future__ import annotations

from django.db.models import QuerySet, Subquery
from django.shortcuts import get_object_or_404

from heard.accounts.models import User
from heard.gateway.models import Envelope
from heard.inbox.lists import number_of
from heard.inbox.models import Conversation, Inbox, Message

UNSENT = [Message.State.QUEUED, Message.State.FAILED, Message.State.BOUNCED]


def attention(user: User) -> QuerySet[Envelope]:
    """The envelopes in this person's inboxes that could not be opened, newest first."""
    return (
        Envelope.objects.filter(inbox__in=Inbox.objects.of(user), state=Envelope.State.FAILED)
        .select_related("inbox")
        .defer("raw")
        .order_by("-received_at")
    )


def envelope_of(user: User, pk: int) -> Envelope:
    """An envelope of this person's inboxes; Http404 for a stranger."""
    reached = Envelope.objects.filter(inbox__in=Inbox.objects.of(user))
    return get_object_or_404(reached.select_related("inbox"), pk=pk)


def attention_count(user: User) -> Subquery:
    """How many envelopes need attention, as a number inside the shell's query."""
    return number_of(attention(user))


def unsent(user: User) -> QuerySet[Message]:
    """The letters in this person's reach that have not arrived, oldest first, with every try."""
    return (
        Message.objects.filter(
            kind=Message.Kind.OUTBOUND,
            state__in=UNSENT,
            conversation__in=Conversation.objects.of(user),
        )
        .select_related("conversation", "user")
        .prefetch_related("deliveries")
        .order_by("at")
    )


def unsent_count(user: User) -> Subquery:
    """How many letters have not arrived, as a number inside the shell's query."""
    return number_of(unsent(user))
