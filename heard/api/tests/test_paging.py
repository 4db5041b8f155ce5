"""Lists a page at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.conftest import Receive
from heard.contacts.verbs import identify
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox, Message

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


def walk(door: Program, address: str, limit: int) -> list[int]:
    """The ids of a list, read page by page to its end."""
    found: list[int] = []
    asked = f"{address}?limit={limit}"
    while asked:
        page = door.get(asked).json()
        assert len(page["items"]) <= limit
        found += [item["id"] for item in page["items"]]
        asked = f"{address}?limit={limit}&after={page['next']}" if page["next"] else ""
    return found


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_conversations_come_once_each_even_with_one_time(
    program: Programs, agent: User, receive: Receive, limit: int
) -> None:
    made = [receive(subject=f"Matter {number}").conversation for number in range(7)]
    Conversation.objects.update(last_at=made[0].last_at)
    assert walk(program(agent), "/conversations", limit) == sorted(
        (one.pk for one in made), reverse=True
    )


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_messages_come_once_each_in_order(
    program: Programs, agent: User, conversation: Conversation, limit: int
) -> None:
    for number in range(6):
        verbs.note(agent, conversation, verbs.Draft(text=f"Note {number}"))
    _first, *rest = Message.objects.order_by("id")
    Message.objects.exclude(pk=rest[-1].pk).update(at=rest[0].at)
    expected = list(Message.objects.order_by("at", "id").values_list("pk", flat=True))
    assert walk(program(agent), f"/conversations/{conversation.pk}/messages", limit) == expected
    assert len(expected) == 7


@pytest.mark.parametrize("limit", [2, 5])
def test_contacts_and_inboxes_too(program: Programs, admin: User, limit: int) -> None:
    contacts = [identify(f"c{number}@shop.example").pk for number in range(5)]
    boxes = [
        Inbox.objects.create(name=f"Box {number}", address=f"box{number}@larkfield.example").pk
        for number in range(5)
    ]
    assert walk(program(admin), "/contacts", limit) == contacts
    assert walk(program(admin), "/inboxes", limit) == boxes


def test_a_list_that_grows_tells_nothing_twice(
    program: Programs, agent: User, receive: Receive
) -> None:
    made = [receive(subject=f"Matter {number}").conversation.pk for number in range(4)]
    door = program(agent)
    page = door.get("/conversations?limit=2").json()
    receive(subject="A new one")
    rest = door.get(f"/conversations?limit=2&after={page['next']}").json()
    assert [item["id"] for item in page["items"] + rest["items"]] == made[::-1]


def test_a_cursor_is_good_for_its_own_list_only(program: Programs, admin: User) -> None:
    for number in range(2):
        identify(f"c{number}@shop.example")
    door = program(admin)
    cursor = door.get("/contacts?limit=1").json()["next"]
    for other in ("/inboxes", "/conversations"):
        assert door.get(f"{other}?after={cursor}").json()["code"] == "cursor"
    assert door.get(f"/contacts?after={cursor[:-1]}").json()["code"] == "cursor"


@pytest.mark.parametrize("count", [2, 12])
def test_a_page_costs_the_same_however_long(
    program: Programs,
    agent: User,
    receive: Receive,
    count: int,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(count):
        receive(subject=f"Matter {number}", sender=f"c{number}@shop.example")
    door = program(agent)
    door.get("/me")
    for address in ("/conversations", "/contacts", "/inboxes"):
        with django_assert_max_num_queries(8):
            door.get(address)
