"""A breach is told before it happens, once, and once more when it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from heard import clock
from heard.accounts.models import User
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation
from heard.inbox.verbs import Draft
from heard.levels import verbs
from heard.levels.models import Policy, Term
from heard.levels.tests.conftest import march
from heard.levels.verbs.policies import Promise

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def asked(receive: Receive, standard: Policy) -> Conversation:
    """Inês asked on Monday at 9:01: an answer is due at 13:01, and 48 minutes before it is told."""
    conversation = receive().conversation
    with clock.at(march(2, 9, 2)):
        verbs.settle(conversation.pk)
    return conversation


def told_at(moment: datetime) -> list[str]:
    """What is told when the job runs at this moment."""
    before = Event.objects.count()
    with clock.at(moment):
        verbs.tell_due()
    rows = Event.objects.order_by("pk")[before:]
    return [f"{one.name} {one.details['kind']}" for one in rows if one.name.startswith("level.")]


def test_it_is_told_once_before_and_once_after(asked: Conversation) -> None:
    assert told_at(march(2, 12, 12)) == []
    assert told_at(march(2, 12, 13)) == ["level.warned first"]
    assert told_at(march(2, 12, 14)) == []
    assert told_at(march(2, 13, 2)) == ["level.missed first"]
    assert told_at(march(2, 13, 3)) == []
    assert asked.terms.get(kind="first").state == "missed"


def test_what_is_told_says_what_is_due_when_and_under_which_policy(asked: Conversation) -> None:
    told_at(march(2, 12, 13))
    event = Event.objects.get(name="level.warned")
    assert event.conversation_id == asked.pk
    said = {name: value for name, value in event.details.items() if name != "due"}
    assert said == {
        "kind": "first",
        "label": "First answer",
        "policy": "Standard",
        "leaves": None,
        "nobody": True,
    }
    assert datetime.fromisoformat(event.details["due"]) == march(2, 13, 1)


def test_somebody_who_is_here_is_seen(asked: Conversation, agent: User, team_mate: User) -> None:
    User.objects.filter(pk=team_mate.pk).update(away_since=march(2, 8))
    told_at(march(2, 12, 13))
    assert Event.objects.get(name="level.warned").details["nobody"] is False


def test_an_answer_that_came_meanwhile_is_seen_before_anything_is_told(
    asked: Conversation, agent: User
) -> None:
    with clock.at(march(2, 12)):
        inbox_verbs.reply(agent, asked, Draft(text="It left yesterday."))
    assert told_at(march(2, 12, 13)) == []
    assert told_at(march(2, 14)) == []
    assert asked.terms.get(kind="first").state == "met"


def test_the_worker_was_away_and_only_the_worse_is_told(asked: Conversation) -> None:
    assert told_at(march(2, 14)) == ["level.missed first"]


def test_what_ran_out_long_ago_is_kept_and_not_told(receive: Receive, standard: Policy) -> None:
    conversation = receive().conversation
    with clock.at(march(20, 9)):
        verbs.settle(conversation.pk)
    assert told_at(march(20, 9, 1)) == []
    assert conversation.terms.get(kind="first").state == "missed"


def test_a_new_policy_does_not_tell_of_what_is_late_already(
    receive: Receive, admin: User, office: object
) -> None:
    conversation = receive().conversation
    with clock.at(march(2, 15)):
        verbs.make_policy(Promise(name="Standard", first_minutes=240), by=admin)
        verbs.resettle(0)
    assert told_at(march(2, 15, 1)) == []
    assert conversation.terms.get().state == "missed"


def test_a_team_that_leaves_before_it_is_due_is_told_before_it_leaves(
    receive: Receive, admin: User, office: object, standard: Policy
) -> None:
    always = Promise(name="Standard", first_minutes=600, clock="always")
    verbs.change_policy(standard, always, by=admin)
    conversation = receive().conversation
    with clock.at(march(2, 9, 2)):
        verbs.settle(conversation.pk)
    assert told_at(march(2, 16, 29)) == []
    assert told_at(march(2, 16, 30)) == ["level.warned first"]
    leaves = Event.objects.get(name="level.warned").details["leaves"]
    assert datetime.fromisoformat(leaves) == march(2, 17)


def test_open_pages_hear_of_it(
    asked: Conversation, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, list[str]]] = []
    monkeypatch.setattr("heard.live.notices.publish", heard.extend)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        told_at(march(2, 12, 13))
    assert ("level.warned", sorted(asked.topics)) in heard


def test_many_are_told_in_one_go(
    receive: Receive, standard: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heard.levels.verbs.telling.BATCH", 2)
    for number in range(5):
        one = receive(subject=f"Order {number}").conversation
        with clock.at(march(2, 9, 30)):
            verbs.settle(one.pk)
    assert told_at(march(2, 13)) == ["level.warned first"] * 5
    assert Term.objects.filter(tell_at__lte=march(2, 13)).count() == 0


def test_a_due_term_of_a_snoozed_one_is_told_too(asked: Conversation, agent: User) -> None:
    with clock.at(march(2, 10)):
        inbox_verbs.snooze(agent, asked, march(2, 16))
        verbs.settle(asked.pk)
    assert told_at(march(2, 12, 13)) == ["level.warned first"]


@pytest.mark.parametrize(
    ("told", "says"),
    [(march(2, 13, 2), "due by now (Standard)"), (march(2, 15), "due 2 March 13:01 (Standard)")],
)
def test_a_thread_says_calmly_what_was_missed(
    asked: Conversation, agent: User, signed_in: SignedIn, told: datetime, says: str
) -> None:
    told_at(told)
    page = signed_in(agent).get(f"/conversations/{asked.pk}").content.decode()
    assert f"The first answer was {says}" in page
