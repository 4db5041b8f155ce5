"""Conversations that nobody has are given to somebody, as their team wishes."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from heard import clock
from heard.accounts.calendars import hours_of
from heard.accounts.hours import NeverOpen
from heard.accounts.models import Team, User, WhileAway
from heard.events.verbs import record
from heard.inbox.candidates import Choice, candidates, choose, last_colleague
from heard.inbox.models import Conversation, Turn, Unplaced
from heard.inbox.queries import assignable
from heard.inbox.verbs.conduct import assign, locked

# Looked at in one run of the minute; those that wait longest come first.
AT_ONCE = 200


@transaction.atomic
def distribute(conversation_id: int) -> User | None:
    """Give a conversation that waits for somebody to one of its team; who has it now.

    Doing it again changes nothing. Two runs for one team stand in line for its row, so that
    nobody is handed two because both were reckoned with the same load.
    """
    if not Conversation.objects.filter(pk=conversation_id).exists():
        return None
    conversation = _without_who_is_gone(locked(Conversation(pk=conversation_id)))
    if conversation.assignee_id or not conversation.is_open or not conversation.waiting_since:
        Unplaced.objects.filter(conversation=conversation).delete()
        return conversation.assignee
    found = _teams_of(conversation).select_related("calendar")
    teams = list(found.select_for_update(no_key=True, of=("self",)))
    at_work = [team for team in teams if hours_of(team.calendar).is_open(clock.now())]
    for team in at_work:
        if choice := _choice(team, conversation):
            return _give(team, conversation, choice)
    if teams:
        _wait(conversation, teams, at_work)
    return None


def distribute_waiting() -> int:
    """Try again those that could be given to nobody; how many have somebody now.

    Each gets its turn: those of a team that is closed for the night hold up no other's.
    """
    waiting = Unplaced.objects.order_by(F("tried_at").asc(nulls_first=True), "since", "pk")
    ids = list(waiting.values_list("conversation", flat=True)[:AT_ONCE])
    Unplaced.objects.filter(conversation__in=ids).update(tried_at=clock.now())
    return sum(distribute(pk) is not None for pk in ids)


def let_go(person_id: int) -> int:
    """Give on what waits in the name of somebody who is away, as they asked; how many.

    What the stand-in does not reach is given back, and all that is not closed of who has left.
    """
    theirs = Conversation.objects.filter(assignee=person_id)
    if User.objects.filter(pk=person_id, is_active=True).exists():
        theirs = theirs.filter(status=Conversation.Status.OPEN, waiting_since__isnull=False)
    ids = list(theirs.exclude(status=Conversation.Status.CLOSED).values_list("pk", flat=True))
    for pk in ids:
        distribute(pk)
    return len(ids)


def _without_who_is_gone(conversation: Conversation) -> Conversation:
    """What somebody has who left goes on; what waits for somebody away, if they asked for that."""
    person = conversation.assignee
    if person is not None and not person.is_active:
        return assign(None, conversation, None, why="left", before=person.name)
    if person is None or not person.is_away or person.while_away == WhileAway.KEEP:
        return conversation
    if not conversation.waiting_since or not conversation.is_open:
        return conversation
    to = person.stand_in if person.while_away == WhileAway.STAND_IN else None
    if to is not None and (to.is_away or not assignable(conversation).filter(pk=to.pk).exists()):
        to = None
    return assign(None, conversation, to, why="stand-in" if to else "away", before=person.name)


def _teams_of(conversation: Conversation) -> QuerySet[Team]:
    """The teams whose members it may be given to by itself, always in one order."""
    teams = Team.objects.exclude(assign_by=Team.Way.HAND).order_by("pk")
    if conversation.team_id:
        return teams.filter(pk=conversation.team_id)
    own = conversation.inbox.teams.values("pk")
    return teams.filter(pk__in=own)


def _choice(team: Team, conversation: Conversation) -> Choice | None:
    found = candidates(team, conversation)
    known = last_colleague(conversation) if team.same_colleague else None
    return choose(team, found, known)


def _give(team: Team, conversation: Conversation, choice: Choice) -> User:
    Turn.objects.update_or_create(team=team, user=choice.person, defaults={"given_at": clock.now()})
    Unplaced.objects.filter(conversation=conversation).delete()
    assign(None, conversation, choice.person, why=choice.why)
    return choice.person


def _wait(conversation: Conversation, teams: list[Team], at_work: list[Team]) -> None:
    """Note once why nobody has it, in the thread as well; it is tried again each minute."""
    busy = any(candidates(one, conversation) for one in at_work)
    opens = None if at_work else _opening(teams)
    why = "full" if busy else "closed" if opens else "away"
    _row, new = Unplaced.objects.get_or_create(
        conversation=conversation, defaults={"since": clock.now(), "why": why}
    )
    if new:
        record(
            "conversation.unplaced",
            conversation=conversation,
            topics=conversation.topics,
            team=", ".join(one.name for one in teams),
            why=why,
            until=opens.isoformat() if opens else None,
        )


def _opening(teams: list[Team]) -> datetime | None:
    """When the first of these teams is at work again; None when none ever is."""
    found = []
    for team in teams:
        with suppress(NeverOpen):
            found.append(hours_of(team.calendar).next_opening(clock.now()))
    return min(found, default=None)
