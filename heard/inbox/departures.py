"""Nothing planned is forgotten: what has lost its job leaves all the same."""

from __future__ import annotations

from datetime import timedelta

from heard import clock
from heard.events.verbs import follow_later
from heard.inbox import moments
from heard.inbox.models import Message
from heard.inbox.verbs import leaving
from heard.refusal import Refusal

SWEPT = 500
AHEAD = timedelta(days=3)
# Its own job is a moment away: it need not be overtaken.
PATIENCE = timedelta(seconds=20)


def sweep() -> int:
    """Let leave what should have left a while ago; how many letters that were."""
    planned = Message.objects.filter(state=Message.State.PLANNED)
    late = planned.filter(leaves_at__lt=clock.now() - PATIENCE).order_by("leaves_at", "id")
    return sum(leaving.depart(pk) for pk in late.values_list("pk", flat=True)[:SWEPT])


def set_clocks() -> int:
    """Work out anew when letters of the next days leave that were told a day and an hour.

    Only new rules of a time zone, which come with an update of the system, can change that. How
    many letters they have moved.
    """
    soon = Message.objects.filter(
        state=Message.State.PLANNED, leaves_at__lt=clock.now() + AHEAD
    ).exclude(leaves_said="")
    return sum(_set(message) for message in soon.only("leaves_at", "leaves_said", "leaves_zone"))


def _set(message: Message) -> bool:
    try:
        at = moments.moment(message.leaves_said, message.leaves_zone)
    except Refusal:
        return False  # the new rules skip that hour: it leaves when it would have
    moved = Message.objects.filter(
        pk=message.pk, state=Message.State.PLANNED, leaves_at=message.leaves_at
    ).exclude(leaves_at=at)
    if not moved.update(leaves_at=at):
        return False
    follow_later("inbox.tasks.depart", at=at, message=message.pk)
    return True
