"""Lists of conversations: which ones, in what order, a page at a time, and how many there are."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from heard.accounts.models import User
from heard.inbox.filters import Filter, read
from heard.inbox.filters.filter import Term
from heard.inbox.models import Conversation, Inbox, SavedView, Seen
from heard.inbox.models.conversation import ConversationQuerySet
from heard.refusal import Refusal

PAGE = 40
# More are not counted: nobody reads the difference, and counting costs the more the more there are.
MOST_COUNTED = 1_000

# The places everyone has, and the filter each stands for.
PLACES = {
    "mine": "assigned:me",
    "unassigned": "assigned:nobody",
    "all": "",
    "unanswered": "is:waiting",
    "quiet": "is:quiet",
    "search": "",
}
COUNTED = ("mine", "unassigned", "all", "unanswered", "quiet")
STATUSES = (*Conversation.Status.values, "any")

# What a list goes by: the time each row is sorted by, and whether the latest comes first.
ORDERS = {
    "newest": ("last_at", True),
    "waiting": ("waiting_since", False),
    "asked": ("asked_at", False),
    "due": ("level_due", False),
}
_OWN_ORDER = {"unanswered": "waiting", "quiet": "asked"}


@dataclass(frozen=True, slots=True)
class View:
    """Which conversations a list shows, as an address names them.

    name: one of PLACES, or the number of a saved view, which `saved` then is. status: one of
    STATUSES, for a filter that names none. sort: one of ORDERS, or "" for the view's own.
    """

    name: str = "all"
    status: str = "open"
    inbox: int | None = None
    q: str = ""
    sort: str = ""
    saved: SavedView | None = None

    @property
    def filter(self) -> Filter:
        """The one Filter of everything the view asks for. Refusal when its text says nothing."""
        return self.meant.with_status(self.status)

    @property
    def meant(self) -> Filter:
        """The same without the status that is chosen beside it."""
        own = read(self.saved.q if self.saved else PLACES[self.name])
        inbox = (Term("inbox", (str(self.inbox),)),) if self.inbox else ()
        return own.joined(Filter(inbox)).joined(read(self.q))

    @property
    def order(self) -> str:
        """What its rows go by."""
        own = self.saved.sort if self.saved else _OWN_ORDER.get(self.name, "newest")
        return self.sort or own

    def address(self, **changed: str) -> str:
        """The view as the query of an address, with some of it changed."""
        fields = {
            "view": self.name,
            "status": self.status,
            "inbox": str(self.inbox or ""),
            "q": self.q,
            "sort": self.sort,
        }
        wanted = {**fields, **changed}
        return urlencode({name: value for name, value in wanted.items() if value})


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of a list and the key of the next, if there is one."""

    rows: list[Conversation]
    next_cursor: str | None


def listed(user: User, view: View) -> ConversationQuerySet:
    """The conversations of a view in its order; Refusal when its filter can't be applied."""
    found = view.filter.applied(Conversation.objects.of(user), user)
    return ordered(found, view.order)


def ordered(found: ConversationQuerySet, order: str) -> ConversationQuerySet:
    """Those that have the time of this order, by it; the id settles ties."""
    field, latest_first = ORDERS[order]
    sign = "-" if latest_first else ""
    held = found if field == "last_at" else found.filter(**{f"{field}__isnull": False})
    return held.order_by(f"{sign}{field}", f"{sign}id")


def page(user: User, view: View, cursor: str = "", *, size: int = PAGE) -> Rows:
    """One page of a view after the cursor, each row with `unread` for this person."""
    found = after(listed(user, view), cursor, view.order)
    rows = list(shown(found, user)[: size + 1])
    field, latest_first = ORDERS[view.order]
    for row in rows:
        row.rank = rank(getattr(row, field), latest_first)  # type: ignore[attr-defined]
    mark_unread(rows)
    more = len(rows) > size
    return Rows(rows[:size], cursor_of(rows[size - 1], view.order) if more else None)


def shown(found: ConversationQuerySet, user: User) -> ConversationQuerySet:
    """The same with all that a row shows, and when this person last looked."""
    seen = Seen.objects.filter(user=user, conversation=OuterRef("pk")).values("at")[:1]
    found = found.annotate(seen_at=Subquery(seen))
    found = found.select_related("contact__company", "assignee", "inbox")
    return found.prefetch_related("contact__identities")


def mark_unread(rows: list[Conversation]) -> None:
    """Give each row `unread`: something came since this person looked."""
    for row in rows:
        row.unread = row.seen_at is None or row.seen_at < row.last_at  # type: ignore[attr-defined]


def rank(at: datetime, latest_first: bool = True) -> float:
    """Where a row stands in its list, as a number: those further up have the greater one."""
    return at.timestamp() if latest_first else -at.timestamp()


def after(found: ConversationQuerySet, cursor: str, order: str = "newest") -> ConversationQuerySet:
    """Those that come later in the list than the row the cursor names."""
    if not cursor:
        return found
    field, latest_first = ORDERS[order]
    at, pk = read_cursor(cursor)
    beyond = "lt" if latest_first else "gt"
    # The first condition alone bounds the index scan; the second settles ties.
    tied = Q(**{f"{field}__{beyond}": at}) | Q(**{field: at, f"pk__{beyond}": pk})
    return found.filter(**{f"{field}__{beyond}e": at}).filter(tied)


def cursor_of(row: Conversation, order: str = "newest") -> str:
    """The key of a row, opaque to whoever carries it."""
    return sealed(getattr(row, ORDERS[order][0]), row.pk)


def sealed(at: datetime, pk: int) -> str:
    """A time and an id as a cursor."""
    key = json.dumps([at.isoformat(), pk])
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """The time and id in a cursor; Http404 when it is not one of ours."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        written, pk = json.loads(base64.urlsafe_b64decode(padded))
        at = datetime.fromisoformat(written)
        if at.tzinfo is None:
            raise ValueError("A time without a zone")
        return at, int(pk)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise Http404("Not a place in this list") from error


def left_out(user: User) -> bool:
    """Whether this person reaches no inbox, because they are in no team or theirs has none."""
    return not user.is_admin and not Inbox.objects.of(user).exists()


def counts(user: User, views: Sequence[SavedView] = ()) -> dict[str, Subquery]:
    """How many open conversations each place and view holds, as numbers inside another query."""
    counted = {name: View(name) for name in COUNTED}
    counted |= {name_of(view): View(str(view.pk), saved=view) for view in views}
    numbers = {name: _number(user, view) for name, view in counted.items()}
    return {name: number for name, number in numbers.items() if number is not None}


def name_of(view: SavedView) -> str:
    """What the number of a saved view is called."""
    return f"view_{view.pk}"


def _number(user: User, view: View) -> Subquery | None:
    """How many; none where the filter names what is gone: the view says so when it is opened."""
    try:
        return number_of(listed(user, view))
    except Refusal:
        return None


class Number(Subquery):
    """How many rows a query finds, as a number inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"


def number_of(found: QuerySet[Any]) -> Subquery:
    """How many rows there are, at most MOST_COUNTED, as a number inside another query."""
    few = found.order_by().values("pk")[:MOST_COUNTED]
    return Number(few, output_field=IntegerField())
