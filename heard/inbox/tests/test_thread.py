"""A long thread is drawn from its end; earlier letters come when somebody asks for them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from heard.accounts.models import User
from heard.inbox.models import Conversation, Message
from heard.inbox.thread import FEW, PAGE, thread_of

NOW = timezone.now()


def message(number: int) -> Message:
    made = Message(pk=number, kind=Message.Kind.NOTE, at=NOW + timedelta(minutes=number))
    made._prefetched_objects_cache = {"attachments": []}  # type: ignore[attr-defined]
    return made


def line(number: int, after: int) -> Message:
    at = NOW + timedelta(minutes=after, seconds=30)
    return Message(pk=-number, kind=Message.Kind.SYSTEM, at=at)


@given(st.integers(0, 4 * PAGE), st.lists(st.integers(0, 4 * PAGE), max_size=9))
def test_going_back_page_by_page_shows_everything_once(count: int, lines: list[int]) -> None:
    messages = [message(number) for number in range(1, count + 1)]
    told = [line(number, after) for number, after in enumerate(lines, 1)]
    thread = thread_of(messages, told, {})
    assert thread.earlier == 0 or len(thread.letters) >= PAGE
    while thread.earlier:
        before = thread
        thread = thread_of(messages, told, {}, since=before.back_to)
        assert thread.letters[-len(before.letters) + 1 :] == before.letters[1:]
        assert thread.earlier < before.earlier
    shown = [letter.message.pk for letter in thread.letters]
    assert sorted(shown) == sorted(one.pk for one in [*messages, *told])
    assert [pk for pk in shown if pk > 0] == [one.pk for one in messages]


@pytest.mark.parametrize(
    ("count", "since", "first"),
    [
        (PAGE, 0, 1),
        (PAGE + FEW, 0, 1),
        (PAGE + FEW + 1, 0, FEW + 2),
        (100, 0, 71),
        (100, 40, 40),
        (100, 95, 71),
        (100, 4, 1),
        (100, 4_711, 71),
    ],
)
def test_what_is_shown_first(count: int, since: int, first: int) -> None:
    messages = [message(number) for number in range(1, count + 1)]
    thread = thread_of(messages, [], {}, since)
    assert (thread.since, thread.letters[0].message.pk, thread.earlier) == (first, first, first - 1)


@pytest.fixture
def long(conversation: Conversation) -> list[Message]:
    """After the first letter fifty notes."""
    Message.objects.bulk_create(
        Message(
            conversation=conversation,
            kind=Message.Kind.NOTE,
            text=f"Note {number}",
            at=NOW + timedelta(minutes=number),
        )
        for number in range(50)
    )
    return list(conversation.messages.order_by("at"))


def drawn(client: Client, path: str) -> list[int]:
    page = client.get(path).content.decode()
    return [int(number) for number in re.findall(r'<li id="message-(\d+)"', page)]


@pytest.mark.django_db
def test_the_page_shows_the_newest_and_a_link_to_the_rest(
    long: list[Message], conversation: Conversation, agent: User, signed_in
) -> None:
    client = signed_in(agent)
    path = f"/conversations/{conversation.pk}"
    assert drawn(client, path) == [one.pk for one in long[-PAGE:]]
    assert f"thread?since={long[0].pk}" in client.get(path).content.decode()
    assert drawn(client, f"{path}/thread?since={long[4].pk}") == [one.pk for one in long]
    assert drawn(client, f"{path}/thread?since={long[7].pk}") == [one.pk for one in long[7:]]
    assert drawn(client, f"{path}/thread?since=x") == [one.pk for one in long[-PAGE:]]


@pytest.mark.django_db
def test_who_takes_only_the_desk_is_drawn_no_more(
    conversation: Conversation, agent: User, signed_in
) -> None:
    client, path = signed_in(agent), f"/conversations/{conversation.pk}"
    whole = client.get(path).content.decode()
    desk = client.get(path, headers={"HX-Request": "true", "HX-Target": "desk"}).content.decode()
    around = ('class="rail"', 'id="palette"', 'class="list"')
    assert [part in whole for part in around] == [True] * 3
    assert [part in desk for part in around] == [False] * 3
    assert 'id="desk"' in desk
    assert f'id="message-{conversation.messages.get().pk}"' in desk
