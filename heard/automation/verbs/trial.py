"""A dry run: what a rule would have done in the last 30 days. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from heard import clock
from heard.accounts.models import User
from heard.automation import steps
from heard.automation.verbs.rules import Terms, check, check_role
from heard.events.models import Event
from heard.inbox.models import Conversation

SPAN = timedelta(days=30)
# Only so many of the newest events are looked at, and so many conversations shown.
MOST_EVENTS = 5_000
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a dry run. events: how many were looked at; more: whether there are others.

    meant: the conversations that the filter means now; changed: how many of them the steps
    would change. shown: the newest of those that would change and that this person reaches.
    """

    events: int
    more: bool
    meant: int
    changed: int
    shown: list[Conversation]


def try_out(by: User, terms: Terms) -> Trial:
    """Hold a rule against what has happened, and against how the conversations are now.

    Raises Refusal for a rule that could not act, and for who may not make one: it counts over
    the whole house.
    """
    check_role(by)
    meant = check(terms)
    happened = _happened(terms.when)
    ids = {pk for pk in happened[:MOST_EVENTS] if pk is not None}
    found = meant.applied(Conversation.objects.filter(pk__in=ids), None)
    changers = [changer for _step, changer in steps.ready(terms.steps, None)]
    rows = list(found.newest_first())
    changed = [one.pk for one in rows if any(changer(one) for changer in changers)]
    reached = Conversation.objects.of(by).filter(pk__in=changed).newest_first()
    return Trial(
        events=min(len(happened), MOST_EVENTS),
        more=len(happened) > MOST_EVENTS,
        meant=len(rows),
        changed=len(changed),
        shown=list(reached.select_related("contact")[:SHOWN]),
    )


def _happened(name: str) -> list[int | None]:
    """The conversations of the newest such events, one more than are looked at."""
    lately = Event.objects.filter(name=name, at__gt=clock.now() - SPAN).order_by("-at")
    return list(lately.values_list("conversation_id", flat=True)[: MOST_EVENTS + 1])
