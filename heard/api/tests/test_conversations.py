"""Conversations through the door for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


def test_a_list_tells_what_a_program_needs(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    (row,) = program(agent).get("/conversations").json()["items"]
    assert row["id"] == conversation.pk
    assert row["subject"] == "Order 1204"
    assert row["preview"] == "Where is my order?"
    assert row["contact"]["name"] == "Inês Duarte"
    assert row["inbox"]["name"] == "Support"
    assert row["assignee"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Free", "Mine"]),
        ("?view=mine", ["Mine"]),
        ("?view=unassigned", ["Free"]),
        ("?status=closed", ["Done"]),
        ("?view=mine&status=closed", []),
    ],
)
def test_views(
    program: Programs, agent: User, receive: Receive, asked: str, found: list[str]
) -> None:
    mine = receive(subject="Mine").conversation
    verbs.assign(agent, mine, agent)
    verbs.close(agent, receive(subject="Done").conversation)
    receive(subject="Free")
    items = program(agent).get(f"/conversations{asked}").json()["items"]
    assert [item["subject"] for item in items] == found


def test_one_inbox_alone(
    program: Programs, admin: User, receive: Receive, inbox: Inbox, other_inbox: Inbox
) -> None:
    receive(subject="A drill")
    receive(subject="An invoice", box=other_inbox)
    items = program(admin).get(f"/conversations?inbox={other_inbox.pk}").json()["items"]
    assert [item["subject"] for item in items] == ["An invoice"]


def test_closing_and_taking_up_again(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    door = program(agent)
    address = f"/conversations/{conversation.pk}/closure"
    for _twice in range(2):
        assert door.post(address).json()["status"] == "closed"
    for _twice in range(2):
        assert door.delete(address).json()["status"] == "open"


def test_assigning(
    program: Programs, agent: User, team_mate: User, conversation: Conversation
) -> None:
    door = program(agent)
    address = f"/conversations/{conversation.pk}/assignment"
    assert door.put(address, {"user": team_mate.pk}).json()["assignee"]["name"] == "Priya Raman"
    shown = door.get(address).json()
    assert shown["assignee"]["email"] == "priya@larkfield.example"
    assert {one["id"] for one in shown["may_be"]} == {agent.pk, team_mate.pk}
    assert door.put(address, {"user": None}).json()["assignee"] is None


def test_nobody_out_of_reach_can_be_given_a_conversation(
    program: Programs, agent: User, stranger: User, conversation: Conversation
) -> None:
    address = f"/conversations/{conversation.pk}/assignment"
    problem = program(agent).put(address, {"user": stranger.pk})
    assert problem.status_code == 422
    assert problem.json()["code"] == "out-of-reach"
    assert problem.json()["errors"][0]["field"] == "user"


@pytest.mark.parametrize("nobody", [0, -1, 2**70])
def test_nor_can_somebody_who_does_not_exist(
    program: Programs, agent: User, conversation: Conversation, nobody: int
) -> None:
    address = f"/conversations/{conversation.pk}/assignment"
    assert program(agent).put(address, {"user": nobody}).json()["code"] == "unknown"
    conversation.refresh_from_db()
    assert conversation.assignee is None
