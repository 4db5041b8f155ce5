"""One log: what happened, what follows, who is told, all or nothing."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from heard.accounts.models import User
from heard.conftest import Receive
from heard.events.models import Event
from heard.events.pending import together
from heard.events.verbs import follow, nothing_follows, overtake, record
from heard.inbox.models import Conversation, Message
from heard.live import notices

pytestmark = pytest.mark.django_db


def jobs() -> set[tuple[str, str]]:
    return {(job.task_name, json.dumps(job.args)) for job in ProcrastinateJob.objects.all()}


@pytest.fixture
def before(conversation: Conversation) -> set[tuple[str, str]]:
    """What was deferred before the test began."""
    return jobs()


def test_an_event_tells_who_did_what_to_what(conversation: Conversation, agent: User) -> None:
    event = record("conversation.closed", by=agent, conversation=conversation, reason="done")
    event.refresh_from_db()
    assert (event.name, event.by, event.conversation_id) == (
        "conversation.closed",
        agent,
        conversation.pk,
    )
    assert event.details == {"reason": "done"}


def test_what_follows_is_deferred_with_the_event(conversation: Conversation, before) -> None:
    message = conversation.messages.get()
    record("message.written", conversation=conversation, message=message)
    new = ProcrastinateJob.objects.filter(args__message=message.pk).order_by("-pk")[:3]
    assert {(job.task_name, job.lock) for job in new} == {
        (name, f"{name}:conversation:{conversation.pk}")
        for name in ("gateway.tasks.deliver", "readings.tasks.listen", "levels.tasks.settle")
    }


def test_what_is_recorded_together_is_written_at_the_end(
    conversation: Conversation, before
) -> None:
    message = conversation.messages.get()
    with CaptureQueriesContext(connection) as queries, together():
        for _ in range(3):
            record("message.received", conversation=conversation, message=message)
        assert not queries.captured_queries
    assert len(queries.captured_queries) == 2
    assert Event.objects.filter(name="message.received", message_id=message.pk).count() == 4
    behind = ProcrastinateJob.objects.filter(args__message=message.pk).order_by("-pk")[:6]
    assert {job.lock for job in behind} == {
        f"{name}:conversation:{conversation.pk}"
        for name in ("readings.tasks.listen", "levels.tasks.settle")
    }


def test_one_act_on_many_is_followed_once(
    conversation: Conversation, before, receive: Receive
) -> None:
    both = [conversation, receive(subject="Another", sender="Ida <ida@a.example>").conversation]
    ProcrastinateJob.objects.all().delete()
    with together(many=True):
        events = [record("conversation.closed", conversation=one) for one in both]
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.lock) == ("levels.tasks.settle_many", None)
    assert job.args == {
        "events": [one.pk for one in events],
        "conversations": [one.pk for one in both],
    }


def test_what_breaks_in_the_midst_leaves_nothing(conversation: Conversation, before) -> None:
    message = conversation.messages.get()
    with pytest.raises(RuntimeError), together():
        record("message.written", conversation=conversation, message=message)
        raise RuntimeError("and yet not")
    assert jobs() == before
    record("conversation.closed", conversation=conversation)
    assert not Event.objects.filter(name="message.written").exists()


def test_nothing_is_deferred_for_what_did_not_happen(conversation: Conversation, before) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record("message.written", conversation=conversation, message=Message(pk=1))
        raise RuntimeError("and yet not")
    assert jobs() == before
    assert not Event.objects.filter(name="message.written").exists()


def test_history_can_be_told_without_anything_following(conversation: Conversation, before) -> None:
    with nothing_follows():
        record("message.written", conversation=conversation, message=Message(pk=1))
        follow("envelope.accepted", lock="inbox:1", inbox=1)
    assert jobs() == before
    follow("envelope.accepted", lock="inbox:1", inbox=1)
    assert len(jobs() - before) == 1


def test_one_job_does_the_work_of_those_behind_it(conversation: Conversation, before) -> None:
    for inbox in (1, 1, 2):
        follow("envelope.accepted", lock=f"inbox:{inbox}", inbox=inbox)
    overtake("gateway.tasks.unseal", "inbox:1")
    left = ProcrastinateJob.objects.filter(task_name="gateway.tasks.unseal", args__inbox__in=[1, 2])
    assert [job.args["inbox"] for job in left] == [2]


def test_what_takes_the_processor_has_a_queue_of_its_own(conversation: Conversation) -> None:
    record("message.received", conversation=conversation, message=conversation.messages.get())
    job = ProcrastinateJob.objects.filter(task_name="readings.tasks.listen").latest("pk")
    assert job.queue_name == "listening"


def test_pages_are_told_after_the_commit_only(
    conversation: Conversation, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    told: list[notices.Notice] = []
    monkeypatch.setattr(notices, "publish", told.extend)
    with django_capture_on_commit_callbacks(execute=True):
        record("conversation.closed", conversation=conversation, topics=["inbox:1", "inbox:1"])
        record("person.added")
        assert told == []
    assert told == [("conversation.closed", ["inbox:1"])]


def test_the_log_outlives_what_it_tells_of(conversation: Conversation, lead: User) -> None:
    record("conversation.closed", by=lead, conversation=conversation)
    number = conversation.pk
    conversation.delete()
    User.objects.filter(pk=lead.pk).delete()
    assert Event.objects.get(name="conversation.closed").conversation_id == number


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_mistake() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(TransactionManagementError):
        record("person.added")
    assert not Event.objects.exists()
