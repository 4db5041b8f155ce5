"""Put a conversation aside until a time or until the customer writes, and bring it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.events.models import Event
from heard.events.pending import together
from heard.events.verbs import record
from heard.inbox.models import Conversation
from heard.inbox.verbs.conduct import locked
from heard.refusal import Refusal

Woke = Conversation.Woke
FURTHEST = timedelta(days=5 * 366)
# Woken in one transaction: each holds its row, and letters that come meanwhile wait for it.
BATCH = 100


@transaction.atomic
def snooze(by: User, conversation: Conversation, until: datetime | None) -> Conversation:
    """Let it rest until a time, or with None until the customer writes; a closed one as well.

    Snoozing again changes the time. Raises Refusal for a time that has passed or is years away.
    """
    conversation = locked(conversation)
    check_time(until)
    if conversation.is_snoozed and conversation.snoozed_until == until:
        return conversation
    conversation.status, conversation.closed_at = Conversation.Status.SNOOZED, None
    conversation.snoozed_until, conversation.woke_why = until, ""
    conversation.save(update_fields=Conversation.TAKEN_UP)
    record(
        "conversation.snoozed",
        by=by,
        conversation=conversation,
        topics=conversation.topics,
        until=until.isoformat() if until else None,
    )
    return conversation


@transaction.atomic
def wake(by: User | None, conversation: Conversation, why: str = "") -> Conversation:
    """Bring a snoozed one back; one that is not snoozed stays as it is.

    why: a value of Conversation.Woke. With a reason it comes to the top of the list and shows it
    until somebody acts; whoever wakes it by hand has it in hand, and it stays where it was.
    """
    conversation = locked(conversation)
    if conversation.is_snoozed:
        bring_back(by, conversation, why)
    return conversation


def bring_back(by: User | None, conversation: Conversation, why: str) -> None:
    """Wake a snoozed conversation that is locked already, and say so."""
    until, asked_by = conversation.snoozed_until, _asked_by(conversation)
    conversation.take_up(why)
    if why == Woke.TIME:
        conversation.last_at = max(conversation.last_at, clock.now())
    conversation.save(update_fields=["last_at", *Conversation.TAKEN_UP])
    record(
        "conversation.woken",
        by=by,
        conversation=conversation,
        topics=conversation.topics,
        why=why,
        until=until.isoformat() if until else None,
        asked_by=asked_by,
    )


def wake_due() -> int:
    """Wake all whose time has come and return how many. Those held by somebody wait a minute."""
    woken = 0
    while batch := _wake_some():
        woken += batch
    return woken


@transaction.atomic
def _wake_some() -> int:
    due = Conversation.objects.filter(
        snoozed_until__lte=clock.now(), status=Conversation.Status.SNOOZED
    )
    held = due.select_for_update(skip_locked=True).order_by("snoozed_until", "id")[:BATCH]
    with together():
        for conversation in (rows := list(held)):
            bring_back(None, conversation, Woke.TIME)
    return len(rows)


def check_time(until: datetime | None) -> None:
    """Refusal for a time that has passed or is years away."""
    if until is None:
        return
    now = clock.now()
    if until <= now:
        says = "That time has passed. Choose one that is still to come."
        raise Refusal(says, code="past", field="until")
    if until > now + FURTHEST:
        says = "That is more than five years away. Choose a nearer time, or close it."
        raise Refusal(says, code="too-far", field="until")


def _asked_by(conversation: Conversation) -> str:
    """Who put it aside, for the line that tells why it is back."""
    said = Event.objects.filter(conversation_id=conversation.pk, name="conversation.snoozed")
    last = said.select_related("by").order_by("-pk").first()
    return str(last.by) if last and last.by else ""
