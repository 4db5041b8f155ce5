"""Larkfield's service levels: one for everybody, one for two good customers, and how they went."""

from __future__ import annotations

from datetime import timedelta

from heard import clock
from heard.accounts.models import User
from heard.inbox.models import Conversation
from heard.levels import verbs
from heard.levels.models import Term
from heard.levels.verbs.policies import Promise

HOUR = 60
MINUTE = timedelta(minutes=1)
POLICIES = (
    Promise(
        name="Wholesale",
        applies_to='company:"Pennine Bicycle Works","Duarte Joinery"',
        first_minutes=HOUR,
        next_minutes=2 * HOUR,
        clock="always",
        warn_minutes=30,
    ),
    Promise(
        name="Standard",
        first_minutes=4 * HOUR,
        next_minutes=8 * HOUR,
        resolution_minutes=40 * HOUR,
    ),
)


def promise(by: User) -> None:
    """Write the policies down, as an admin would."""
    for one in POLICIES:
        verbs.make_policy(one, by=by)


def look_back() -> None:
    """Work out what became of each conversation, and tell what was missed at its own time."""
    for pk, last_at in Conversation.objects.values_list("pk", "last_at"):
        # A story's end comes a minute after its last letter.
        with clock.at(min(last_at + 2 * MINUTE, clock.now())):
            verbs.settle(pk)
    for term in Term.objects.filter(ended_at=None).order_by("due_at"):
        if term.due_at and term.due_at < clock.now() - MINUTE:
            with clock.at(term.due_at + MINUTE):
                verbs.tell(term.conversation_id)
    verbs.tell_due()
