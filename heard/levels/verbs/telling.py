"""Tell of terms before they run out, and once when they have."""

from __future__ import annotations

from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.events.verbs import record
from heard.inbox.models import Conversation
from heard.levels.fitting import Rules, team_of
from heard.levels.models import Term
from heard.levels.verbs.settling import held, keep

BATCH = 200


def tell_due() -> int:
    """Tell of all terms whose time to be told has come; how many were told."""
    told = 0
    while batch := _due():
        counts = [tell(conversation) for conversation in batch]
        told += sum(counts)
        if not any(counts) or len(batch) < BATCH:
            break
    return told


def _due() -> list[int]:
    found = Term.objects.filter(tell_at__lte=clock.now()).order_by("tell_at")
    return list(dict.fromkeys(found.values_list("conversation", flat=True)[:BATCH]))


@transaction.atomic
def tell(conversation_id: int) -> int:
    """Tell of the terms of one conversation whose time has come, as they stand now; how many."""
    conversation = held(conversation_id)
    if conversation is None:
        return 0
    # An answer may have come since its time was set.
    keep(conversation, Rules().measures([conversation]).get(conversation_id))
    due = list(conversation.terms.filter(tell_at__lte=clock.now()))
    for term in due:
        _tell(conversation, term)
    return len(due)


def _tell(conversation: Conversation, term: Term) -> None:
    missed = term.missed_at is not None
    term.warned, term.told = True, missed
    term.tell_at = None if missed else term.due_at
    term.save(update_fields=["warned", "told", "tell_at"])
    record(
        "level.missed" if missed else "level.warned",
        conversation=conversation,
        topics=conversation.topics,
        kind=term.kind,
        label=term.get_kind_display(),
        policy=term.policy_name,
        due=term.due_at.isoformat() if term.due_at else None,
        leaves=term.leaves_at.isoformat() if term.leaves_at and not missed else None,
        nobody=not missed and _nobody(conversation),
    )


def _nobody(conversation: Conversation) -> bool:
    """Whether nobody of the team, nor whoever has it, is here now."""
    if conversation.assignee and not conversation.assignee.is_away:
        return False
    team = team_of(conversation)
    members = team.members.filter(is_active=True) if team else User.objects.none()
    return not any(not one.is_away for one in members)
