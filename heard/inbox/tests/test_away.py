"""Being away: with one click, seen by colleagues, and nothing is done that was not asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from heard.accounts.models import Team, User
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def test_one_click_and_one_click_back(signed_in: SignedIn, agent: User) -> None:
    browser = signed_in(agent)
    page = browser.post("/away/now", follow=True).content.decode()
    assert "You are away" in page
    assert "No customer waits for an answer from you." in page
    agent.refresh_from_db()
    assert agent.is_away
    assert "I am back" in browser.get("/inbox").content.decode()
    browser.post("/away/delete")
    agent.refresh_from_db()
    assert not agent.is_away


def test_the_page_says_who_waits_and_moves_nobody_unasked(
    signed_in: SignedIn, agent: User, conversation: Conversation
) -> None:
    verbs.assign(agent, conversation, agent)
    page = signed_in(agent).post("/away/now", follow=True).content.decode()
    assert "One customer waits for an answer from you" in page
    verbs.let_go(agent.pk)
    conversation.refresh_from_db()
    assert conversation.assignee == agent


def test_the_rest_may_be_said_and_is_done_by_a_job(
    signed_in: SignedIn, agent: User, team_mate: User, inbox: Inbox
) -> None:
    said = {"until": "2036-03-02T09:00", "stand_in": team_mate.pk, "while_away": "stand-in"}
    assert signed_in(agent).post("/away", said).headers["Location"] == "/inbox"
    agent.refresh_from_db()
    assert (agent.stand_in, agent.while_away) == (team_mate, "stand-in")
    assert agent.is_away
    assert ProcrastinateJob.objects.filter(task_name="inbox.tasks.let_go").exists()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"until": "2020-03-02T09:00", "while_away": "keep"}, "That time has passed"),
        ({"until": "soon", "while_away": "keep"}, "Enter a valid date/time"),
        ({"while_away": "stand-in"}, "Choose who stands in for you"),
        ({"while_away": "fly"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    signed_in: SignedIn, agent: User, said: dict[str, str], says: str
) -> None:
    page = signed_in(agent).post("/away", said)
    assert says in page.content.decode()
    agent.refresh_from_db()
    assert not agent.is_away


def test_a_stranger_can_not_stand_in(
    signed_in: SignedIn, agent: User, stranger: User, inbox: Inbox
) -> None:
    page = signed_in(agent).post("/away", {"stand_in": stranger.pk, "while_away": "stand-in"})
    assert "Select a valid choice" in page.content.decode()


def test_colleagues_see_it_where_they_assign(
    signed_in: SignedIn, agent: User, team_mate: User, conversation: Conversation
) -> None:
    team_mate.away_since = conversation.opened_at
    team_mate.save()
    page = signed_in(agent).get(f"/conversations/{conversation.pk}").content.decode()
    assert "Priya Raman, away</option>" in page


def test_an_admin_says_how_a_team_hands_out_and_how_much_one_takes(
    signed_in: SignedIn, admin: User, agent: User, support: Team
) -> None:
    browser = signed_in(admin)
    said = {"name": "Support", "members": [agent.pk], "assign_by": "load"}
    browser.post(f"/settings/teams/{support.pk}/", said)
    support.refresh_from_db()
    assert (support.assign_by, support.same_colleague) == ("load", False)
    browser.post(f"/settings/people/{agent.pk}/capacity/", {"email": "7"})
    assert agent.capacities.get().most == 7
    browser.post(f"/settings/people/{agent.pk}/capacity/", {"email": ""})
    assert not agent.capacities.exists()
    page = browser.post(f"/settings/people/{agent.pk}/capacity/", {"email": "-1"})
    assert "greater than or equal to 0" in page.content.decode()
