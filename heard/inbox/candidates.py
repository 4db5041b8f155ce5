"""Who of a team could take a conversation now, and whose it should be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from heard.accounts.models import Capacity, Team, User, here
from heard.inbox.models import Conversation, Inbox, Turn
from heard.inbox.queries import assignable

# Nobody counts further: whoever has as many is at the end of the line.
MOST_COUNTED = 500
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of a team who is here: how many they have open, and since when it is their turn.

    most: how many they take; None for no limit.
    """

    person: User
    open: int
    most: int | None
    given_at: datetime = NEVER

    @property
    def has_room(self) -> bool:
        """Whether they take one more."""
        return self.most is None or self.open < self.most


@dataclass(frozen=True, slots=True)
class Choice:
    """To whom it goes and why: "turn", "load", "knows" or "stand-in"."""

    person: User
    why: str


def candidates(team: Team, conversation: Conversation) -> list[Candidate]:
    """The members of a team who are here and reach this, each with what they have open."""
    channel = conversation.inbox.channel
    reached = assignable(conversation).filter(here(), teams=team)
    people = list(reached.select_related("stand_in").order_by("pk"))
    ids = [person.pk for person in people]
    limits = dict(
        Capacity.objects.filter(user__in=ids, channel=channel).values_list("user", "most")
    )
    turns = dict(Turn.objects.filter(team=team, user__in=ids).values_list("user", "given_at"))
    loads = open_by_person(ids, channel)
    return [
        Candidate(one, loads[one.pk], limits.get(one.pk), turns.get(one.pk, NEVER))
        for one in people
    ]


def open_by_person(ids: Collection[int], channel: str) -> dict[int, int]:
    """How many open conversations each of these people has on a channel, up to MOST_COUNTED.

    Each count stops there, so that nobody's thousands are walked through for one letter.
    """
    inboxes = list(Inbox.objects.filter(channel=channel).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, (SELECT count(*) FROM (SELECT 1 FROM inbox_conversation"
            " WHERE assignee_id = person AND status = %s AND inbox_id = ANY(%s) LIMIT %s) AS few)"
            " FROM unnest(%s::bigint[]) AS person",
            [Conversation.Status.OPEN, inboxes, MOST_COUNTED, list(ids)],
        )
        return dict(cursor.fetchall())


def choose(team: Team, found: Iterable[Candidate], known: User | None) -> Choice | None:
    """Whose it should be; None when nobody has room.

    known: the colleague who wrote with this customer last, if there is one.
    """
    free = [one for one in found if one.has_room]
    by_id = {one.person.pk: one.person for one in free}
    if known is not None and team.same_colleague:
        if known.pk in by_id:
            return Choice(known, "knows")
        if known.is_away and known.stand_in_id in by_id:
            return Choice(by_id[known.stand_in_id], "stand-in")
    if not free:
        return None
    by_load = team.assign_by == Team.Way.LOAD
    chosen = min(free, key=_load if by_load else _turn)
    return Choice(chosen.person, "load" if by_load else "turn")


def last_colleague(conversation: Conversation) -> User | None:
    """Who had the customer's newest other conversation."""
    others = Conversation.objects.filter(contact=conversation.contact_id, assignee__isnull=False)
    newest = others.exclude(pk=conversation.pk).newest_first().select_related("assignee").first()
    return newest.assignee if newest else None


def _turn(one: Candidate) -> tuple[datetime, int]:
    return one.given_at, one.person.pk


def _load(one: Candidate) -> tuple[int, datetime, int]:
    return one.open, one.given_at, one.person.pk
