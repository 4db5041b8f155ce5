"""New conversations come to somebody who is here, has room and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import clock
from heard.accounts.absence import come_back, go_away, set_capacity
from heard.accounts.calendar import Calendar
from heard.accounts.models import Team, User, WhileAway
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import verbs
from heard.inbox.candidates import open_by_person
from heard.inbox.happenings import says
from heard.inbox.models import Conversation, Inbox, Unplaced
from heard.inbox.verbs import Draft
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def in_turn(support: Team, agent: User, team_mate: User) -> Team:
    """Support hands out in turn, to Tom and Priya."""
    support.assign_by = Team.Way.TURN
    support.same_colleague = False
    support.save()
    return support


@pytest.fixture
def by_load(in_turn: Team) -> Team:
    """Support hands out by load."""
    in_turn.assign_by = Team.Way.LOAD
    in_turn.save()
    return in_turn


def new(receive: Receive, number: int) -> Conversation:
    """A letter of somebody who never wrote before."""
    sender = f"Customer {number} <customer{number}@example.org>"
    return receive(subject=f"Order {number}", sender=sender).conversation


def handed(receive: Receive, numbers: range) -> list[str]:
    """Who is given these new conversations, one after the other."""
    given_to = [verbs.distribute(new(receive, number).pk) for number in numbers]
    return [one.first_name if one else "" for one in given_to]


def lines(conversation: Conversation) -> list[str]:
    """What the thread says happened."""
    events = Event.objects.filter(conversation_id=conversation.pk, name__startswith="conversation.")
    told = [
        e
        for e in events.order_by("pk")
        if e.name in ("conversation.assigned", "conversation.unplaced")
    ]
    return [
        says(
            {
                "name": e.name,
                "at": e.at.isoformat(),
                "by": e.by_id,
                "who": e.by and e.by.name,
                "details": e.details,
            }
        )
        for e in told
    ]


def test_in_turn_each_gets_as_many(in_turn: Team, receive: Receive) -> None:
    assert handed(receive, range(5)) == ["Tom", "Priya", "Tom", "Priya", "Tom"]


def test_by_load_whoever_has_fewest(
    by_load: Team, receive: Receive, agent: User, team_mate: User
) -> None:
    verbs.assign(agent, new(receive, 1), agent)
    verbs.assign(agent, new(receive, 2), agent)
    assert handed(receive, range(3, 6)) == ["Priya", "Priya", "Tom"]


def test_what_is_closed_is_no_load(by_load: Team, receive: Receive, agent: User) -> None:
    busy = new(receive, 1)
    verbs.assign(agent, busy, agent)
    verbs.close(agent, busy)
    assert handed(receive, range(2, 3)) == ["Tom"]


def test_a_job_follows_a_letter_only_where_something_is_handed_out(
    support: Team, receive: Receive
) -> None:
    jobs = ProcrastinateJob.objects.filter(task_name="inbox.tasks.distribute")
    new(receive, 1)
    assert not jobs.exists()
    Team.objects.filter(pk=support.pk).update(assign_by=Team.Way.TURN)
    fresh = Inbox.objects.get(name="Support")
    receive(subject="Order 2", box=fresh)
    assert jobs.count() == 1


@pytest.mark.parametrize("way", [Team.Way.TURN, Team.Way.LOAD])
def test_who_is_away_is_passed_over(
    in_turn: Team, receive: Receive, agent: User, way: Team.Way
) -> None:
    Team.objects.filter(pk=in_turn.pk).update(assign_by=way)
    go_away(agent)
    assert handed(receive, range(3)) == ["Priya"] * 3


def test_whose_absence_has_ended_is_here_again(
    in_turn: Team, receive: Receive, agent: User, team_mate: User
) -> None:
    with clock.at(NOON):
        go_away(agent, until=NOON + timedelta(hours=1))
        go_away(team_mate)
        assert handed(receive, range(1)) == [""]
    with clock.at(NOON + timedelta(hours=2)):
        assert handed(receive, range(1, 2)) == ["Tom"]


def test_nobody_is_given_more_than_they_take(
    in_turn: Team, receive: Receive, admin: User, agent: User, team_mate: User
) -> None:
    set_capacity(agent, by=admin, channel="email", most=1)
    set_capacity(team_mate, by=admin, channel="email", most=2)
    assert handed(receive, range(5)) == ["Tom", "Priya", "Priya", "", ""]
    last = Conversation.objects.latest("pk")
    assert lines(last) == ["Everybody here has as much as they take, so this waits"]
    done = Conversation.objects.get(subject="Order 0")
    verbs.close(agent, done)
    assert verbs.distribute_waiting() == 1
    assert Conversation.objects.get(subject="Order 3").assignee == agent


def test_it_is_said_once_that_nobody_is_here_and_tried_again(
    in_turn: Team, receive: Receive, agent: User, team_mate: User
) -> None:
    go_away(agent)
    go_away(team_mate)
    one = new(receive, 1)
    for _again in range(3):
        verbs.distribute(one.pk)
    assert lines(one) == ["Nobody of Support is here, so this waits"]
    come_back(agent)
    assert verbs.distribute_waiting() == 1
    assert lines(one)[-1] == "Given to Tom Okafor, whose turn it is"
    assert not Unplaced.objects.exists()


@pytest.fixture
def office_hours(in_turn: Team) -> Team:
    """Support is at work from nine to five, Monday to Friday, in London."""
    week = [[[540, 1020]]] * 5 + [[], []]
    in_turn.calendar = Calendar.objects.create(name="Office", time_zone="Europe/London", week=week)
    in_turn.save()
    return in_turn


@pytest.mark.parametrize(
    ("at", "goes_to", "said"),
    [
        ("2026-03-02T12:00+00:00", "Tom", []),
        ("2026-03-02T20:00+00:00", "", ["Nobody is here until Tuesday 9:00, so this waits"]),
        ("2026-03-02T06:00+00:00", "", ["Nobody is here until 9:00, so this waits"]),
        # The clocks go forward on the Sunday between.
        ("2026-03-28T12:00+00:00", "", ["Nobody is here until Monday 9:00, so this waits"]),
    ],
)
def test_outside_of_hours_it_waits_until_somebody_is_at_work(
    office_hours: Team, receive: Receive, at: str, goes_to: str, said: list[str]
) -> None:
    with clock.at(datetime.fromisoformat(at)), timezone.override("Europe/London"):
        assert handed(receive, range(1)) == [goes_to]
        assert said == [one for one in lines(Conversation.objects.get()) if "waits" in one]


def test_at_the_opening_what_waited_is_handed_out(office_hours: Team, receive: Receive) -> None:
    night = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    with clock.at(night):
        assert handed(receive, range(2)) == ["", ""]
    with clock.at(night + timedelta(hours=12)):
        assert verbs.distribute_waiting() == 0
    with clock.at(night + timedelta(hours=13)):
        assert verbs.distribute_waiting() == 2


def test_coming_back_is_followed_by_a_job(in_turn: Team, agent: User) -> None:
    go_away(agent)
    come_back(agent)
    come_back(agent)
    waiting = ProcrastinateJob.objects.filter(task_name="inbox.tasks.distribute_waiting")
    assert waiting.count() == 1


def test_a_customer_comes_to_the_colleague_they_know(
    in_turn: Team, receive: Receive, agent: User, team_mate: User
) -> None:
    Team.objects.filter(pk=in_turn.pk).update(same_colleague=True)
    verbs.assign(agent, new(receive, 1), team_mate)
    again = receive(subject="Another matter", sender="customer1@example.org").conversation
    assert verbs.distribute(again.pk) == team_mate
    assert lines(again) == ["Given to Priya Raman, who knows this customer"]


def test_while_that_colleague_is_away_to_who_stands_in(
    in_turn: Team, receive: Receive, agent: User, team_mate: User, lead: User
) -> None:
    Team.objects.filter(pk=in_turn.pk).update(same_colleague=True)
    verbs.assign(agent, new(receive, 1), team_mate)
    go_away(team_mate, stand_in=lead)
    again = receive(subject="Another matter", sender="customer1@example.org").conversation
    assert verbs.distribute(again.pk) == lead


@pytest.mark.parametrize(
    "how", ["assigned", "closed", "answered", "deleted", "automatic", "by hand"]
)
def test_what_needs_nobody_is_left_alone(
    in_turn: Team, receive: Receive, agent: User, team_mate: User, how: str
) -> None:
    headers = {"Auto_Submitted": "auto-replied"} if how == "automatic" else {}
    one = receive(sender="Customer <c@example.org>", **headers).conversation
    if how == "assigned":
        verbs.assign(team_mate, one, team_mate)
    elif how == "closed":
        verbs.close(agent, one)
    elif how == "answered":
        verbs.reply(team_mate, one, Draft(text="It is on its way."))
        verbs.assign(team_mate, one, None)
    elif how == "by hand":
        Team.objects.update(assign_by=Team.Way.HAND)
    pk = one.pk
    if how == "deleted":
        one.delete()
    expected = team_mate if how == "assigned" else None
    assert verbs.distribute(pk) == expected


def test_what_a_team_is_given_is_handed_out_among_it(
    in_turn: Team,
    stranger: User,
    accounts_team: Team,
    other_inbox: Inbox,
    agent: User,
    receive: Receive,
) -> None:
    one = new(receive, 1)
    assert not Conversation.objects.of(stranger).filter(pk=one.pk).exists()
    verbs.give_team(agent, one, accounts_team)
    assert Conversation.objects.of(stranger).filter(pk=one.pk).exists()
    assert verbs.distribute(one.pk) is None  # Accounts takes by hand
    Team.objects.filter(pk=accounts_team.pk).update(assign_by=Team.Way.LOAD)
    assert verbs.distribute(one.pk) == stranger


def test_a_team_without_an_inbox_can_be_given_nothing(
    conversation: Conversation, agent: User, accounts_team: Team
) -> None:
    with pytest.raises(Refusal, match="Accounts looks after no inbox"):
        verbs.give_team(agent, conversation, accounts_team)


@pytest.mark.parametrize(
    ("wish", "goes_to", "said"),
    [
        (WhileAway.KEEP, "Tom", []),
        (WhileAway.BACK, "", ["Given back, because Tom Okafor is away"]),
        (WhileAway.STAND_IN, "Priya", ["Given to Priya Raman, who stands in for Tom Okafor"]),
    ],
)
def test_what_waits_for_who_is_away_goes_where_they_said(
    receive: Receive, agent: User, team_mate: User, wish: str, goes_to: str, said: list[str]
) -> None:
    waits, answered = new(receive, 1), new(receive, 2)
    for one in (waits, answered):
        verbs.assign(agent, one, agent)
    verbs.reply(agent, answered, Draft(text="It is on its way."))
    go_away(agent, stand_in=team_mate, while_away=wish)
    verbs.let_go(agent.pk)
    waits.refresh_from_db()
    assert (waits.assignee.first_name if waits.assignee else "") == goes_to
    assert lines(waits)[1:] == said
    answered.refresh_from_db()
    assert answered.assignee == agent


def test_a_letter_to_who_is_away_goes_there_too(
    receive: Receive, agent: User, team_mate: User
) -> None:
    one = receive().conversation
    answer = verbs.reply(agent, one, Draft(text="It is on its way."))
    go_away(agent, stand_in=team_mate, while_away=WhileAway.STAND_IN)
    ProcrastinateJob.objects.all().delete()
    receive("When?", reply_to_id=answer.message_id)
    job = ProcrastinateJob.objects.get(task_name="inbox.tasks.distribute")
    assert verbs.distribute(job.args["conversation"]) == team_mate


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"until": NOON - timedelta(minutes=1)}, "until"),
        ({"while_away": WhileAway.STAND_IN}, "stand_in"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(
    agent: User, said: dict[str, object], field: str
) -> None:
    with clock.at(NOON), pytest.raises(Refusal) as refused:
        go_away(agent, **said)
    assert refused.value.field == field
    agent.refresh_from_db()
    assert not agent.is_away


def test_nobody_stands_in_for_themselves(agent: User) -> None:
    with pytest.raises(Refusal, match="for yourself"):
        go_away(agent, stand_in=agent)


@pytest.mark.django_db(transaction=True)
def test_letters_at_one_moment_are_still_handed_out_in_turn(
    in_turn: Team, receive: Receive
) -> None:
    waiting = [new(receive, number).pk for number in range(4)]
    together(lambda number: verbs.distribute(waiting[number]), 4)
    have = Conversation.objects.values_list("assignee__name", flat=True)
    assert sorted(have) == ["Priya Raman", "Priya Raman", "Tom Okafor", "Tom Okafor"]


def together(act: Callable[[int], object], number: int) -> list[object]:
    """What each of so many threads got that did this at one moment."""
    ready, got = Barrier(number), [None] * number

    def run(index: int) -> None:
        try:
            ready.wait()
            got[index] = act(index)
        except Refusal as refusal:
            got[index] = refusal
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[index]) for index in range(number)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return got


def test_loads_are_counted_by_channel(
    by_load: Team, receive: Receive, agent: User, team_mate: User
) -> None:
    verbs.assign(agent, new(receive, 1), agent)
    assert open_by_person([agent.pk, team_mate.pk], "email") == {agent.pk: 1, team_mate.pk: 0}
    assert open_by_person([agent.pk], "chat") == {agent.pk: 0}
