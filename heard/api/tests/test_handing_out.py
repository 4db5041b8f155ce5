"""Taking the next, giving to a team and being away, through the door for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heard.accounts.models import Team, User
from heard.api.tests.conftest import Program
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox
from heard.inbox.verbs import Draft
from heard.notifications import telling
from heard.readings.verbs import listen

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


def test_taking_the_next(program: Programs, agent: User, receive: Receive) -> None:
    receive(subject="First")
    door = program(agent)
    taken = door.post("/me/next").json()["conversation"]
    assert (taken["subject"], taken["assignee"]["name"]) == ("First", "Tom Okafor")
    assert door.post("/me/next").json() == {"conversation": None}


def test_giving_to_a_team_and_one_of_it(
    program: Programs,
    agent: User,
    stranger: User,
    conversation: Conversation,
    accounts_team: Team,
    other_inbox: Inbox,
) -> None:
    address = f"/conversations/{conversation.pk}/assignment"
    given = program(agent).put(address, {"team": accounts_team.pk, "user": stranger.pk}).json()
    assert (given["team"]["name"], given["assignee"]["name"]) == ("Accounts", "Jonas Weber")


def test_of_two_halves_both_are_done_or_none(
    program: Programs,
    agent: User,
    conversation: Conversation,
    accounts_team: Team,
    other_inbox: Inbox,
) -> None:
    address = f"/conversations/{conversation.pk}/assignment"
    outsider = User.objects.create_user("eve@larkfield.example", name="Eve")
    refused = program(agent).put(address, {"team": accounts_team.pk, "user": outsider.pk})
    assert refused.json()["code"] == "out-of-reach"
    conversation.refresh_from_db()
    assert conversation.team is None


@pytest.mark.parametrize(("body", "status"), [({}, 422), ({"team": 0}, 422), ({"team": -1}, 422)])
def test_a_team_that_is_none(
    program: Programs, agent: User, conversation: Conversation, body: dict[str, int], status: int
) -> None:
    address = f"/conversations/{conversation.pk}/assignment"
    assert program(agent).put(address, body).status_code == status


def test_being_away(program: Programs, agent: User, team_mate: User, inbox: Inbox) -> None:
    door = program(agent)
    away = {"until": "2036-03-02T09:00:00Z", "stand_in": team_mate.pk, "while_away": "stand-in"}
    assert door.put("/me/absence", away).json()["is_away"]
    agent.refresh_from_db()
    assert agent.stand_in == team_mate
    assert not door.delete("/me/absence").json()["is_away"]
    passed = door.put("/me/absence", {"until": "2020-03-02T09:00:00Z"})
    assert passed.json()["errors"][0]["field"] == "until"


def test_a_stranger_can_not_stand_in(program: Programs, agent: User, stranger: User) -> None:
    refused = program(agent).put("/me/absence", {"stand_in": stranger.pk})
    assert refused.json()["code"] == "unknown"


def test_handing_over_with_a_brief(
    program: Programs, agent: User, team_mate: User, conversation: Conversation
) -> None:
    listen(conversation.pk)
    door, address = program(agent), f"/conversations/{conversation.pk}/handover"
    brief = door.get(address).json()["brief"]
    assert brief == "**Asked and still open**\n- Where is my order?"
    note = door.post(address, {"user": team_mate.pk, "words": "Over to you."}).json()
    assert (note["kind"], note["text"]) == ("note", f"Over to you.\n\n{brief}")
    conversation.refresh_from_db()
    assert conversation.assignee == team_mate
    own = door.post(address, {"user": team_mate.pk, "brief": "All is done."}).json()
    assert own["text"] == "All is done."


def test_to_nobody_nothing_is_handed_over(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    refused = program(agent).post(f"/conversations/{conversation.pk}/handover", {"words": "Hm."})
    assert (refused.status_code, refused.json()["code"]) == (422, "nobody")
    assert not conversation.messages.filter(kind="note").exists()


def test_following_and_what_one_was_told(
    program: Programs, agent: User, team_mate: User, conversation: Conversation
) -> None:
    door = program(agent)
    for _twice in range(2):
        assert door.put(f"/conversations/{conversation.pk}/following", None).json()["followed"]
    for number in range(3):
        note = verbs.note(team_mate, conversation, Draft(text=f"@Tom Okafor, {number}"))
        telling.note(note.pk, [agent.pk])
    first = door.get("/me/notifications?limit=2").json()
    assert [one["preview"] for one in first["items"]] == ["@Tom Okafor, 2", "@Tom Okafor, 1"]
    assert first["items"][0]["says"] == "Priya Raman mentions you"
    rest = door.get(f"/me/notifications?limit=2&after={first['next']}").json()
    assert [one["preview"] for one in rest["items"]] == ["@Tom Okafor, 0"]
    assert door.post("/me/notifications/reading").json() == {"read": 3}
    assert door.get("/me/notifications?unread=true").json()["items"] == []
    assert not door.delete(f"/conversations/{conversation.pk}/following").json()["followed"]
