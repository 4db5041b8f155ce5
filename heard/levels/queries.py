"""Service levels as pages and the API ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from heard.inbox.models import Conversation
from heard.levels.fitting import applied
from heard.levels.models import Policy, Term
from heard.refusal import Refusal

# A settings page says «1,000 or more» rather than count through a million.
MOST_COUNTED = 1000


class Levels:
    """The terms of one conversation, asked for when a page shows them."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @cached_property
    def terms(self) -> list[Term]:
        """Every term, the oldest first."""
        return list(self._conversation.terms.all())

    @cached_property
    def next(self) -> Term | None:
        """The open one that falls due first; one that is paused only when no other is open."""
        running = [term for term in self.terms if term.is_open]
        return min(running, key=_urgency, default=None)

    @cached_property
    def past(self) -> list[Term]:
        """Those that were met or missed, the newest first."""
        return [term for term in reversed(self.terms) if term.missed_at or term.ended_at]


@dataclass(frozen=True, slots=True)
class Count:
    """How many conversations a filter means; `more` when there are at least that many."""

    number: int
    more: bool


def levels_of(conversation: Conversation) -> Levels:
    """What is due in a conversation and what became of its terms."""
    return Levels(conversation)


def terms_of(conversation: Conversation) -> QuerySet[Term]:
    """The terms of a conversation, the oldest first."""
    return conversation.terms.all()


def policies() -> QuerySet[Policy]:
    """All policies in order."""
    return Policy.objects.select_related("calendar")


def open_count(applies_to: str, above: Iterable[str] = ()) -> Count:
    """How many open conversations a policy's text means, but for those that others mean first.

    Refusal when it names nothing.
    """
    among = Conversation.objects.filter(status=Conversation.Status.OPEN)
    found = applied(applies_to, among) if applies_to else among
    for text in above:
        with suppress(Refusal):
            found = found.exclude(pk__in=(applied(text, among) if text else among).values("pk"))
    number = len(found.order_by().values_list("pk", flat=True)[:MOST_COUNTED])
    return Count(number, number == MOST_COUNTED)


def _urgency(term: Term) -> tuple[bool, float]:
    return term.due_at is None, term.due_at.timestamp() if term.due_at else 0.0
