"""What a person was told of, and how much of it is unread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, QuerySet

from heard.accounts.models import User
from heard.inbox.models import Conversation
from heard.inbox.models.inbox import reach_of
from heard.notifications.models import Notification

PAGE = 60
# Above it one number is like the other.
MOST = 100


@dataclass(frozen=True, slots=True)
class Group:
    """What happened in one conversation, the newest first."""

    conversation: Conversation
    news: list[Notification]

    @property
    def unread(self) -> int:
        """How many of them are unread."""
        return sum(one.read_at is None for one in self.news)


@dataclass(frozen=True, slots=True)
class News:
    """A page of groups; `before` asks for those after them, None when these are the last."""

    groups: list[Group]
    before: int | None


def news_of(user: User, before: int | None = None) -> News:
    """What somebody was told of in the app, the newest first, grouped by conversation."""
    found = told(user).select_related("conversation__contact", "conversation__inbox", "by")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return News(list(groups_of(rows[:PAGE])), more)


def told(user: User) -> QuerySet[Notification]:
    """What somebody was told of in the app and still reaches."""
    return within_reach(user).filter(user=user, in_app=True)


def within_reach(user: User) -> QuerySet[Notification]:
    """Those of conversations that this person still reaches."""
    found = Notification.objects.all()
    return found if user.is_admin else found.filter(conversation__inbox_ids__overlap=reach_of(user))


def unread_count(user: User) -> Func:
    """How much is unread, up to MOST, as a number inside the shell's query."""
    unread = told(user).filter(read_at=None).order_by().values("pk")[:MOST]
    return Func(ArraySubquery(unread), function="CARDINALITY", output_field=IntegerField())


def unread(user: User) -> int:
    """The same number by itself."""
    return told(user).filter(read_at=None)[:MOST].count()


def groups_of(rows: list[Notification]) -> Iterator[Group]:
    """By conversation, in the order of each one's newest."""
    order = {pk: place for place, pk in enumerate(dict.fromkeys(r.conversation_id for r in rows))}
    together = sorted(rows, key=lambda row: order[row.conversation_id])
    for _pk, news in groupby(together, key=lambda row: row.conversation_id):
        each = list(news)
        yield Group(each[0].conversation, each)
