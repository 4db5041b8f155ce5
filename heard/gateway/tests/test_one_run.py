"""Two jobs for one letter, or an error of our own: the customer has it once, the person is told."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from heard.accounts.models import User
from heard.channels.tests.post import Post, open_post
from heard.gateway import verbs
from heard.gateway.models import RelayLine
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def relay(post: Post, inbox: Inbox) -> Iterator[RelayLine]:
    """A mail server on the loopback, set as the inbox's relay."""
    with open_post(post) as port:
        yield RelayLine.objects.create(inbox=inbox, host="127.0.0.1", port=port, security="none")


@pytest.fixture
def ours(conversation: Conversation, agent: User) -> Message:
    return inbox_verbs.reply(agent, conversation, Draft(text="It left on Monday."))


@pytest.fixture
def other_worker() -> Iterator[psycopg.Connection]:
    """A worker that the others believe dead, with a link to the database of its own."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as link:
        yield link


def test_a_letter_that_another_worker_still_sends_does_not_leave_twice(
    post: Post, relay: RelayLine, ours: Message, other_worker: psycopg.Connection
) -> None:
    word = f"deliver:{ours.pk}"
    other_worker.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [word])
    verbs.deliver(ours.pk)
    assert post.taken == []
    again = ProcrastinateJob.objects.get(task_name="gateway.tasks.deliver_again")
    assert again.args == {"message": ours.pk} and again.scheduled_at and again.lock is None

    other_worker.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [word])
    verbs.deliver(ours.pk)
    verbs.deliver(ours.pk)
    assert len(post.taken) == 1


def test_what_goes_wrong_on_our_side_is_told_and_left_to_a_person(
    relay: RelayLine, ours: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise LookupError("no such thing")

    monkeypatch.setattr("heard.gateway.letters.letter_of", stumble)
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.FAILED
    assert "no such thing" in ours.state_note
