"""Take next: what waits longest, once only, and never out of reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from heard import clock
from heard.accounts.models import Team, User
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox
from heard.inbox.tests.test_handing_out import together
from heard.inbox.verbs import Draft
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def test_the_one_that_waits_longest_comes_first(receive: Receive, agent: User) -> None:
    first = receive(subject="First").conversation
    receive(subject="Second")
    assert verbs.take_next(agent) == first
    first.refresh_from_db()
    assert first.assignee == agent
    assert str(verbs.take_next(agent)) == "Second"
    with pytest.raises(Refusal, match="Nothing waits"):
        verbs.take_next(agent)


def test_what_is_promised_by_a_level_goes_before_a_longer_wait(
    receive: Receive, agent: User
) -> None:
    receive(subject="Longer")
    due = receive(subject="Due").conversation
    Conversation.objects.filter(pk=due.pk).update(level_due=clock.now() + timedelta(hours=1))
    assert verbs.take_next(agent) == due


@pytest.mark.parametrize("how", ["assigned", "closed", "answered", "elsewhere", "other team's"])
def test_what_is_not_free_is_passed_over(
    receive: Receive,
    agent: User,
    team_mate: User,
    accounts_team: Team,
    other_inbox: Inbox,
    how: str,
) -> None:
    box = other_inbox if how == "elsewhere" else None
    one = receive(box=box).conversation
    if how == "assigned":
        verbs.assign(team_mate, one, team_mate)
    elif how == "closed":
        verbs.close(team_mate, one)
    elif how == "answered":
        verbs.reply(team_mate, one, Draft(text="It is on its way."))
        verbs.assign(team_mate, one, None)
    elif how == "other team's":
        verbs.give_team(team_mate, one, accounts_team)
    with pytest.raises(Refusal):
        verbs.take_next(agent)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_are_given_two_different_ones(
    receive: Receive, agent: User, team_mate: User
) -> None:
    for number in range(2):
        receive(subject=f"Order {number}", sender=f"Customer <c{number}@example.org>")
    both = [agent, team_mate]
    taken = together(lambda index: verbs.take_next(both[index]), 2)
    assert {str(one) for one in taken} == {"Order 0", "Order 1"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_for_the_last_one_only_one_has_it(
    receive: Receive, agent: User, team_mate: User
) -> None:
    receive()
    both = [agent, team_mate]
    taken = together(lambda index: verbs.take_next(both[index]), 2)
    assert sorted(type(one).__name__ for one in taken) == ["Conversation", "Refusal"]


def test_the_button_opens_it(conversation: Conversation, signed_in: SignedIn, agent: User) -> None:
    browser = signed_in(agent)
    assert 'data-key="q"' in browser.get("/inbox").content.decode()
    answer = browser.post("/take-next")
    assert answer.headers["Location"] == f"/conversations/{conversation.pk}?view=mine"
    again = browser.post("/take-next", follow=True)
    assert "Nothing waits. Everything that came in has someone." in again.content.decode()
