"""A letter whose job is gone is found again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from heard.accounts.models import User
from heard.gateway.arrival import Arrival
from heard.gateway.stalled import sweep
from heard.gateway.verbs import accept
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db


def forget_jobs() -> None:
    ProcrastinateJob.objects.all()._raw_delete("default")


def waiting() -> list[tuple[str, dict[str, int]]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args"))


def test_a_letter_with_a_job_is_left_to_it(inbox: Inbox, letter: Callable[..., bytes]) -> None:
    accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp")])
    assert sweep() == 0


def test_a_letter_without_one_gets_one(inbox: Inbox, letter: Callable[..., bytes]) -> None:
    accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp")])
    forget_jobs()
    assert sweep() == 1
    assert sweep() == 0
    assert [name for name, _args in waiting()] == ["gateway.tasks.unseal"]


def test_an_answer_that_nobody_sends_is_sent_after_all(
    conversation: Conversation, agent: User
) -> None:
    message = verbs.reply(agent, conversation, Draft(text="It left yesterday."))
    forget_jobs()
    assert sweep() == 1
    assert waiting() == [("gateway.tasks.deliver", {"message": message.pk})]
