"""What nobody looks after any more goes on to somebody: who left, what woke, what was given."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import clock
from heard.accounts.models import Team, User
from heard.accounts.verbs import deactivate
from heard.conftest import Receive
from heard.inbox import acts, tasks, verbs
from heard.inbox.models import Conversation, Inbox, Unplaced

pytestmark = pytest.mark.django_db
TASKS = ("distribute", "distribute_many", "let_go")


def work() -> None:
    """Do the jobs of handing out that wait, as a worker would."""
    jobs = ProcrastinateJob.objects.filter(task_name__in=[f"inbox.tasks.{one}" for one in TASKS])
    for job in list(jobs.order_by("id")):
        getattr(tasks, job.task_name.rpartition(".")[2])(**job.args)
    jobs.delete()


@pytest.fixture
def in_turn(support: Team, agent: User) -> Team:
    """Support hands out in turn; only Tom is in it."""
    support.assign_by, support.same_colleague = Team.Way.TURN, False
    support.save()
    return support


def test_what_somebody_had_who_left_is_nobodys(
    receive: Receive, agent: User, team_mate: User, admin: User
) -> None:
    waits, rests, done = (receive(subject=f"Order {n}").conversation for n in range(3))
    for one in (waits, rests, done):
        verbs.assign(team_mate, one, agent)
    verbs.snooze(agent, rests, clock.now() + timedelta(days=2))
    verbs.close(agent, done)
    deactivate(agent, by=admin)
    work()
    have = Conversation.objects.order_by("pk").values_list("assignee__name", flat=True)
    assert list(have) == [None, None, "Tom Okafor"]
    assert verbs.take_next(team_mate) == waits


def test_a_letter_to_somebody_who_left_is_handed_out(
    receive: Receive, in_turn: Team, agent: User, team_mate: User
) -> None:
    conversation = receive().conversation
    verbs.assign(agent, conversation, team_mate)
    User.objects.filter(pk=team_mate.pk).update(is_active=False)
    receive("Any news?", subject=f"Re: {conversation.subject}")
    work()
    conversation.refresh_from_db()
    assert conversation.assignee == agent


def test_what_a_team_is_given_by_an_act_on_many_is_handed_out(
    receive: Receive, in_turn: Team, agent: User, admin: User, other_inbox: Inbox
) -> None:
    receive(box=other_inbox)
    verbs.go_on(verbs.act_on(admin, "team", in_turn.name, q="is:open").pk)
    work()
    assert Conversation.objects.get().assignee == agent


def test_what_wakes_is_handed_out(receive: Receive, in_turn: Team, agent: User) -> None:
    conversation = receive().conversation
    verbs.snooze(agent, conversation, clock.now() + timedelta(hours=1))
    with clock.at(clock.now() + timedelta(hours=2)):
        verbs.wake_due()
        work()
    conversation.refresh_from_db()
    assert conversation.assignee == agent


def test_those_of_a_closed_team_hold_up_no_others(
    receive: Receive,
    in_turn: Team,
    agent: User,
    stranger: User,
    other_inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules[verbs.distribute.__module__], "AT_ONCE", 1)
    theirs = receive(box=other_inbox).conversation
    ours = receive(subject="Another", sender="Ida <ida@a.example>").conversation
    now = clock.now()
    for number, one in enumerate((theirs, ours)):
        since = now + timedelta(minutes=number)
        Unplaced.objects.create(conversation=one, since=since, why="away")
    Team.objects.filter(pk=stranger.teams.get().pk).update(assign_by=Team.Way.TURN)
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    assert verbs.distribute_waiting() == 0
    assert verbs.distribute_waiting() == 1
    ours.refresh_from_db()
    assert ours.assignee == agent


def test_an_act_says_nothing_of_what_is_given_already(in_turn: Team, receive: Receive) -> None:
    conversation = receive().conversation
    conversation.team = in_turn
    assert acts.ready("team", in_turn.name, None)(conversation) is None
