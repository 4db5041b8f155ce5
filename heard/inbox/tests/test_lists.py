"""The list shows each conversation once, in order, at a bounded price."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from heard.accounts.models import Team, User
from heard.conftest import Receive
from heard.contacts.models import Contact
from heard.inbox import lists, verbs
from heard.inbox.lists import View
from heard.inbox.models import Attachment, Conversation, Inbox, Message, Seen
from heard.inbox.verbs import Draft
from heard.readings import verbs as readings

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SignedIn = Callable[[User], Client]


@pytest.fixture
def rows(inbox: Inbox, customer: Contact) -> Callable[[int], list[Conversation]]:
    """That many conversations, seven of them at each moment."""

    def make(count: int) -> list[Conversation]:
        return Conversation.objects.bulk_create(
            Conversation(
                inbox=inbox,
                inbox_ids=[inbox.pk],
                contact=customer,
                subject=f"Order {n}",
                token=f"row{n:05}",
                opened_at=AT,
                last_at=AT + timedelta(minutes=n // 7),
            )
            for n in range(count)
        )

    return make


def walked(user: User, view: View, size: int) -> list[int]:
    found: list[int] = []
    cursor = ""
    while True:
        page = lists.page(user, view, cursor, size=size)
        found += [row.pk for row in page.rows]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


@pytest.mark.parametrize("size", [1, 3, 7, 10, 40])
def test_paging_shows_every_row_once_in_order(rows, agent: User, size: int) -> None:
    made = rows(50)
    newest_first = sorted(made, key=lambda row: (row.last_at, row.pk), reverse=True)
    assert walked(agent, View(), size) == [row.pk for row in newest_first]


def test_a_new_letter_between_two_pages_repeats_and_skips_nothing(rows, agent: User) -> None:
    made = rows(9)
    first = lists.page(agent, View(), size=4)
    Conversation.objects.filter(pk=made[8].pk).update(last_at=AT + timedelta(days=1))
    second = lists.page(agent, View(), first.next_cursor or "", size=9)
    found = [row.pk for row in (*first.rows, *second.rows)]
    assert sorted(found) == sorted(row.pk for row in made)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "AAAA",
        "%00",
        "WyIyMDI2LTAzLTAyIiwgMV0",  # ["2026-03-02", 1]: a time without a zone
        "WyIyMDI2LTAzLTAyVDA5OjAwOjAwKzAwOjAwIiwgMTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMF0",
        "W1tbW1tb" * 1000,
    ],
)
def test_a_cursor_that_is_none_of_ours_is_no_error(
    signed_in: SignedIn, agent: User, cursor: str
) -> None:
    answer = signed_in(agent).get("/inbox/list", {"after": cursor})
    assert answer.status_code in {200, 404}


def test_views_show_whose_they_are(rows, agent: User, team_mate: User) -> None:
    mine, theirs, _nobodys, done = rows(4)
    verbs.assign(agent, mine, agent)
    verbs.assign(agent, theirs, team_mate)
    verbs.close(agent, done)
    subjects = {
        name: {row.subject for row in lists.listed(agent, View(name))} for name in lists.COUNTED
    }
    assert subjects["mine"] == {"Order 0"}
    assert subjects["unassigned"] == {"Order 2"}
    assert subjects["all"] == {"Order 0", "Order 1", "Order 2"}
    closed = lists.listed(agent, View(status="closed"))
    assert [row.subject for row in closed] == ["Order 3"]


def test_the_rail_counts_what_the_views_show(
    rows, signed_in: SignedIn, agent: User, stranger: User
) -> None:
    made = rows(3)
    verbs.assign(agent, made[0], agent)
    expected = ((agent, {"mine": "1", "unassigned": "2", "all": "3"}), (stranger, {}))
    for user, numbers in expected:
        page = signed_in(user).get("/queue").content.decode()
        found = dict(re.findall(r'id="count-(\w+)">(\d*)<', page))
        assert {name: count for name, count in found.items() if count} == numbers


def test_an_inbox_lists_its_own_and_what_it_shares(rows, other_inbox: Inbox, admin: User) -> None:
    made = rows(3)
    made[1].inbox_ids.append(other_inbox.pk)
    made[1].save()
    view = View(inbox=other_inbox.pk)
    assert [row.pk for row in lists.listed(admin, view)] == [made[1].pk]


def test_reading_takes_the_mark_of_unread_away(
    signed_in: SignedIn, conversation: Conversation, agent: User, team_mate: User
) -> None:
    signed_in(agent).get(f"/conversations/{conversation.pk}")
    assert [row.unread for row in lists.page(agent, View()).rows] == [False]
    assert [row.unread for row in lists.page(team_mate, View()).rows] == [True]


@pytest.mark.parametrize(
    "query", ["view=theirs", "status=gone", "inbox=x", "inbox=-1", "view=all'--"]
)
def test_a_view_that_does_not_exist_is_not_found(
    signed_in: SignedIn, agent: User, query: str
) -> None:
    assert signed_in(agent).get(f"/inbox?{query}").status_code == 404


@pytest.mark.parametrize("query", ["inbox=99999999999999999999", "selected=9", "selected=x"])
def test_a_view_of_nothing_is_empty(signed_in: SignedIn, agent: User, query: str) -> None:
    assert signed_in(agent).get(f"/inbox?{query}").status_code == 200


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    "path", ["/inbox", "/inbox/list", "/inbox?view=mine", "/queue", "/attention"]
)
def test_a_list_costs_at_most_sixteen_queries(
    rows, signed_in: SignedIn, agent: User, django_assert_max_num_queries, count: int, path: str
) -> None:
    made = rows(count)
    Conversation.objects.filter(pk__gte=made[count // 2].pk).update(assignee=agent)
    browser = signed_in(agent)
    with django_assert_max_num_queries(16):
        assert browser.get(path).status_code == 200


def test_a_customer_without_a_name_is_called_by_the_address(
    receive: Receive, signed_in: SignedIn, agent: User, django_assert_max_num_queries
) -> None:
    for n in range(5):
        asked = receive("Hello", subject=f"Question {n}", sender=f"nameless{n}@duarte.example")
    browser = signed_in(agent)
    with django_assert_max_num_queries(16):
        rows = browser.get("/inbox/list").content.decode()
    assert all(f"<bdi>nameless{n}@duarte.example</bdi>" in rows for n in range(5))
    page = browser.get(f"/conversations/{asked.conversation_id}").content.decode()
    assert page.count("<bdi>nameless4@duarte.example</bdi>") >= 3
    assert "Unknown" not in page + rows


@pytest.mark.parametrize("view", ["all", "mine", "unassigned"])
def test_who_is_in_no_team_is_told_whom_to_ask(
    conversation: Conversation, signed_in: SignedIn, admin: User, view: str
) -> None:
    eve = User.objects.create_user("eve@larkfield.example", name="Eve")
    page = signed_in(eve).get(f"/inbox?view={view}").content.decode()
    assert "You are in no team yet." in page
    assert admin.email in page
    assert "No letters yet" not in page
    Team.objects.create(name="New").members.add(eve)
    page = signed_in(eve).get(f"/inbox?view={view}").content.decode()
    assert "Your team looks after no inbox yet." in page


@pytest.mark.parametrize("count", [2, 60])
@pytest.mark.parametrize("part", ["", "/head", "/thread", "/memory"])
def test_a_conversation_costs_at_most_twenty_two_queries(
    long_conversation,
    signed_in: SignedIn,
    agent: User,
    django_assert_max_num_queries,
    count: int,
    part: str,
) -> None:
    conversation = long_conversation(count)
    browser = signed_in(agent)
    with django_assert_max_num_queries(22):
        answer = browser.get(f"/conversations/{conversation.pk}{part}")
    assert answer.status_code == 200


@pytest.fixture
def long_conversation(receive, agent: User, team_mate: User, other_inbox: Inbox):
    """Letters of both sides, notes, files, a hint, a reading, an earlier conversation."""

    def make(count: int) -> Conversation:
        earlier = receive("Before", subject="Earlier").conversation
        Seen.objects.create(user=team_mate, conversation=earlier, at=AT)
        conversation = receive("Where is it? I am worried.").conversation
        conversation.inbox_ids.append(other_inbox.pk)
        conversation.save()
        for n in range(1, count):
            draft = Draft(text=f"I will tell you tomorrow, {n}.")
            said = [verbs.reply, verbs.note][n % 2](agent, conversation, draft)
            Attachment.objects.create(
                message=said, name="a", content_type="b", size=1, file=ContentFile(b"", "a")
            )
        Conversation.objects.filter(pk=conversation.pk).update(may_belong_to=earlier)
        readings.listen(conversation.pk)
        return conversation

    return make


def test_a_conversation_of_ours_costs_no_more(
    inbox: Inbox, customer: Contact, signed_in: SignedIn, agent: User, django_assert_max_num_queries
) -> None:
    begun = verbs.begin(inbox, customer, "Your plan")
    verbs.note(agent, begun, Draft(text="Call first"))
    readings.listen(begun.pk)
    browser = signed_in(agent)
    with django_assert_max_num_queries(22):
        page = browser.get(f"/conversations/{begun.pk}").content.decode()
    assert "ines@duarte-joinery.example" in page
    assert Message.objects.count() == 1
