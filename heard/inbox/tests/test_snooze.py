"""What is put aside comes back: at its time, with the customer's letter, or by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heard import clock
from heard.accounts.models import User
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import verbs
from heard.inbox.models import Conversation
from heard.inbox.tasks import wake_due
from heard.inbox.verbs import Draft
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def resting(conversation: Conversation, agent: User) -> Conversation:
    """Tom does not want to see it before Tuesday."""
    with clock.at(MONDAY):
        return verbs.snooze(agent, conversation, TUESDAY)


def now_is(conversation: Conversation) -> Conversation:
    """The conversation as it is kept."""
    return Conversation.objects.get(pk=conversation.pk)


@pytest.mark.parametrize(
    ("passed", "awake"),
    [(timedelta(hours=23), False), (timedelta(hours=24), True), (timedelta(days=9), True)],
)
def test_it_wakes_at_its_time_and_not_before(
    resting: Conversation, passed: timedelta, awake: bool
) -> None:
    with clock.at(MONDAY + passed):
        wake_due(0)
    assert now_is(resting).is_open is awake


def test_it_comes_to_the_top_and_says_why(
    resting: Conversation, receive: Receive, agent: User, signed_in: Callable[[User], Client]
) -> None:
    newer = receive("A drill", subject="A drill", sender="rosa@klein.example").conversation
    with clock.at(TUESDAY):
        wake_due(0)
    newest = Conversation.objects.of(agent).newest_first()
    assert [one.pk for one in newest] == [resting.pk, newer.pk]
    assert now_is(resting).woke_why == Conversation.Woke.TIME
    page = signed_in(agent).get(f"/conversations/{resting.pk}/thread").content.decode()
    assert "Tom Okafor snoozed this until 3 March 10:00" in page
    assert "Back because Tom Okafor asked for 3 March 10:00" in page


def test_it_stays_away_until_the_customer_answers(
    conversation: Conversation, agent: User, receive: Receive
) -> None:
    verbs.snooze(agent, conversation, None)
    with clock.at(timezone.now() + timedelta(days=900)):
        wake_due(0)
    assert now_is(conversation).is_snoozed
    receive("Any news?")
    woken = now_is(conversation)
    assert (woken.is_open, woken.woke_why) == (True, Conversation.Woke.ANSWER)
    last = Event.objects.filter(name="conversation.woken").latest("pk")
    assert (last.by, last.details["why"]) == (None, "answer")


def test_the_customers_letter_wakes_it_before_its_time_and_a_program_s_does_not(
    resting: Conversation, receive: Receive
) -> None:
    receive("I am away", Auto_Submitted="auto-replied")
    assert now_is(resting).is_snoozed
    receive("Any news?")
    assert now_is(resting).is_open
    with clock.at(TUESDAY):
        wake_due(0)
    assert Event.objects.filter(name="conversation.woken").count() == 1


@pytest.mark.parametrize("act", ["reply", "close", "snooze", "assign"])
def test_the_reason_is_forgotten_once_somebody_acts(
    resting: Conversation, agent: User, act: str
) -> None:
    with clock.at(TUESDAY):
        wake_due(0)
        acts: dict[str, Callable[[], object]] = {
            "reply": lambda: verbs.reply(agent, resting, Draft(text="On its way.")),
            "close": lambda: verbs.close(agent, resting),
            "snooze": lambda: verbs.snooze(agent, resting, None),
            "assign": lambda: verbs.assign(agent, resting, agent),
        }
        acts[act]()
    assert now_is(resting).woke_why == ""


def test_who_wakes_it_by_hand_finds_it_where_it_was(resting: Conversation, agent: User) -> None:
    before = now_is(resting).last_at
    verbs.wake(agent, resting)
    woken = now_is(resting)
    assert (woken.is_open, woken.woke_why, woken.last_at) == (True, "", before)
    assert woken.snoozed_until is None


def test_a_letter_that_cannot_leave_wakes_it(resting: Conversation, agent: User) -> None:
    message = verbs.reply(agent, resting, Draft(text="Your order has left."))
    verbs.fail(message, "550 no such user")
    assert now_is(resting).woke_why == Conversation.Woke.FAILED


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (timedelta(seconds=0), "past"),
        (timedelta(days=-1), "past"),
        (timedelta(days=3000), "too-far"),
    ],
)
def test_an_absurd_time_is_refused_and_changes_nothing(
    conversation: Conversation, agent: User, until: timedelta, code: str
) -> None:
    with clock.at(MONDAY), pytest.raises(Refusal) as refused:
        verbs.snooze(agent, conversation, MONDAY + until)
    assert (refused.value.code, refused.value.field) == (code, "until")
    assert now_is(conversation).is_open


def test_snoozing_twice_is_once_and_another_time_replaces_the_first(
    resting: Conversation, agent: User
) -> None:
    with clock.at(MONDAY):
        verbs.snooze(agent, resting, TUESDAY)
        verbs.snooze(agent, resting, None)
    assert now_is(resting).snoozed_until is None
    assert Event.objects.filter(name="conversation.snoozed").count() == 2


def test_a_closed_one_can_be_snoozed_and_a_snoozed_one_closed(
    conversation: Conversation, agent: User
) -> None:
    verbs.close(agent, conversation)
    verbs.snooze(agent, conversation, None)
    snoozed = now_is(conversation)
    assert (snoozed.is_snoozed, snoozed.closed_at) == (True, None)
    verbs.snooze(agent, conversation, timezone.now() + timedelta(days=1))
    verbs.close(agent, conversation)
    closed = now_is(conversation)
    assert (closed.status, closed.snoozed_until) == ("closed", None)


def test_many_wake_in_steps_each_once(
    agent: User, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heard.inbox.verbs.snoozing.BATCH", 2)
    many = [
        Conversation.objects.create(
            inbox=conversation.inbox,
            contact=conversation.contact,
            opened_at=MONDAY,
            last_at=MONDAY,
        )
        for _ in range(5)
    ]
    with clock.at(MONDAY):
        for one in many:
            verbs.snooze(agent, one, TUESDAY)
    with clock.at(TUESDAY):
        assert verbs.wake_due() == 5
        assert verbs.wake_due() == 0
    assert Event.objects.filter(name="conversation.woken").count() == 5
