"""What was heard is kept, what a person decided stays decided, and silence is kept on request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from heard import clock
from heard.accounts.models import User
from heard.conftest import Receive
from heard.contacts import verbs as contacts
from heard.inbox import verbs as inbox
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft
from heard.listening.families import FAMILIES, family_of, label_of
from heard.listening.types import Turn
from heard.readings import verbs
from heard.readings.models import Ask, Commitment, Reading, Sign
from heard.readings.queries import heard_in
from heard.readings.turns import spoken_in

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
WORDS = "I am worried. Where is my order? Can you send me the invoice?"


@pytest.fixture
def asked(receive: Receive) -> Message:
    """Inês asks two things."""
    message = receive(WORDS)
    verbs.listen(message.conversation_id)
    return message


def promise(agent: User, conversation: Conversation, text: str = "") -> Commitment:
    """Tom promises something, and it was heard."""
    text = text or "I will send the invoice tomorrow."
    inbox.reply(agent, conversation, Draft(text=text))
    verbs.listen(conversation.pk)
    return Commitment.objects.get()


def test_what_is_heard_points_at_the_words(asked: Message) -> None:
    heard = heard_in(asked.conversation)
    assert [ask.text for ask in heard.asks] == [
        "Where is my order?",
        "Can you send me the invoice?",
    ]
    for row in (*heard.asks, *Sign.objects.filter(message=asked)):
        assert asked.text[row.start : row.end].strip()
    assert {mark.family for mark in heard.marks[asked.pk]} >= {"asked", "felt"}


def test_the_conversation_tells_what_it_owes(asked: Message, agent: User) -> None:
    assert Conversation.objects.get().open_asks == 2
    commitment = promise(agent, asked.conversation)
    assert Conversation.objects.get().next_due == commitment.due
    verbs.settle_commitment(agent, commitment, state="kept")
    assert Conversation.objects.get().next_due is None


def test_listening_again_repeats_nothing(asked: Message) -> None:
    ids = set(Ask.objects.values_list("pk", flat=True))
    signs = Sign.objects.count()
    verbs.listen(asked.conversation_id)
    assert set(Ask.objects.values_list("pk", flat=True)) == ids
    assert (Sign.objects.count(), Reading.objects.count()) == (signs, 1)


@pytest.mark.parametrize(
    ("reply", "coverage"),
    [
        ("Your order arrives tomorrow, and the invoice is attached.", ["full", "full"]),
        ("I'll send the invoice today, and I will find out where the order is.", ["none", "part"]),
    ],
)
def test_the_memory_leads_to_what_answers_an_ask_and_says_how_wholly(
    asked: Message, agent: User, reply: str, coverage: list[str]
) -> None:
    answer = inbox.reply(agent, asked.conversation, Draft(text=reply))
    verbs.listen(asked.conversation_id)
    ties = [heard.ties[ask.pk] for heard in [heard_in(asked.conversation)] for ask in heard.asks]
    assert [tie["coverage"] for tie in ties] == coverage
    assert {tie["message_id"] for tie in ties} == {answer.pk}


@pytest.mark.parametrize("answered", [True, False])
def test_an_ask_settled_by_hand_stays_settled(
    asked: Message, agent: User, receive: Receive, answered: bool
) -> None:
    ask = verbs.settle_ask(agent, Ask.objects.earliest("pk"), answered=answered)
    inbox.reply(agent, asked.conversation, Draft(text="Your order left on Monday."))
    receive("Where is my order? You did not say.", reply_to_id=asked.message_id)
    verbs.listen(asked.conversation_id)
    ask.refresh_from_db()
    assert ask.state == (Ask.State.ANSWERED if answered else Ask.State.OPEN)
    assert ask.settled


@pytest.mark.parametrize(
    ("state", "days"),
    [("kept", 0), ("kept", 9), ("late", 9), ("withdrawn", 9), ("open", 0)],
)
def test_a_promise_settled_by_hand_stays_settled(
    asked: Message, agent: User, state: str, days: int
) -> None:
    commitment = promise(agent, asked.conversation)
    with clock.at(clock.now() + timedelta(days=days)):
        verbs.settle_commitment(agent, commitment, state=state)
    verbs.listen(asked.conversation_id)
    commitment.refresh_from_db()
    assert commitment.state == state
    assert (commitment.settled_at is None) == (state == "open")


@pytest.mark.parametrize(("days", "offered"), [(0, ["kept"]), (9, ["kept", "late"])])
def test_of_a_promise_whose_time_has_passed_one_says_whether_it_was_kept_in_time(
    asked: Message, agent: User, signed_in: SignedIn, days: int, offered: list[str]
) -> None:
    promise(agent, asked.conversation)
    with clock.at(clock.now() + timedelta(days=days)):
        page = signed_in(agent).get(f"/conversations/{asked.conversation_id}/memory")
    said = page.content.decode()
    assert [
        state for state in ("kept", "late") if f'name="state" value="{state}"' in said
    ] == offered
    assert ("Kept in time" in said) is ("late" in offered)


def test_a_promise_survives_the_customer_s_thanks(
    asked: Message, agent: User, receive: Receive
) -> None:
    due = promise(agent, asked.conversation).due
    inbox.close(agent, asked.conversation)
    receive("Thank you so much", reply_to_id=asked.message_id)
    verbs.listen(asked.conversation_id)
    assert Commitment.objects.get().due == due
    assert Conversation.objects.get().next_due == due


def contact_says_no(conversation: Conversation, agent: User) -> None:
    contacts.change(agent, conversation.contact, analyse=False)


def conversation_says_no(conversation: Conversation, agent: User) -> None:
    Conversation.objects.update(analyse=False)


def inbox_says_no(conversation: Conversation, agent: User) -> None:
    Inbox.objects.update(analyse=False)


@pytest.mark.parametrize("says_no", [contact_says_no, conversation_says_no, inbox_says_no])
def test_not_to_analyse_is_honoured_at_once_and_later(
    asked: Message, agent: User, signed_in: SignedIn, says_no
) -> None:
    path = f"/conversations/{asked.conversation_id}"
    assert "<mark" in signed_in(agent).get(path).content.decode()
    says_no(asked.conversation, agent)
    page = signed_in(agent).get(path).content.decode()
    assert "<mark" not in page
    assert "Where is my order?" in page
    verbs.listen(asked.conversation_id)
    assert not Sign.objects.exists()
    assert not Ask.objects.exists()
    assert Conversation.objects.get().open_asks == 0
    advice = signed_in(agent).post(f"{path}/advice", {"text": "Calm down, you always complain."})
    assert "<li>" not in advice.content.decode()


def test_notes_and_machines_are_nobody_s_speech(
    asked: Message, agent: User, receive: Receive
) -> None:
    inbox.note(agent, asked.conversation, Draft(text="I will refund her tomorrow."))
    receive("Can you write later?", Auto_Submitted="auto-replied", reply_to_id=asked.message_id)
    verbs.listen(asked.conversation_id)
    assert not Commitment.objects.exists()
    assert Ask.objects.count() == 2


def test_a_colleague_s_friday_is_meant_in_their_own_zone(asked: Message, agent: User) -> None:
    agent.time_zone = "America/New_York"
    agent.save()
    inbox.reply(agent, asked.conversation, Draft(text="Yes."))
    ours: Turn = spoken_in(asked.conversation).turns[-1]
    assert (ours.speaker, ours.zone) == ("agent", "America/New_York")


def test_joining_two_conversations_keeps_what_was_heard_and_decided(
    asked: Message, agent: User, receive: Receive
) -> None:
    ask = verbs.settle_ask(agent, Ask.objects.earliest("pk"), answered=True)
    other = receive("When do you open?", sender="b@c.example", subject="Hours")
    verbs.listen(other.conversation_id)
    whole = inbox.join(agent, asked.conversation, other.conversation)
    verbs.listen(whole.pk)
    ask.refresh_from_db()
    assert ask.state == Ask.State.ANSWERED
    assert Ask.objects.count() == 3
    assert Reading.objects.get().conversation == whole
    assert len(heard_in(Conversation.objects.get()).asks) == 3


def test_an_edited_letter_is_heard_anew(asked: Message, agent: User) -> None:
    promise(agent, asked.conversation)
    ours = Message.objects.latest("pk")
    inbox.fail(ours, "550 no")
    inbox.retry(agent, ours, text="No.")
    verbs.listen(asked.conversation_id)
    assert not Commitment.objects.exists()


def test_listening_to_what_is_gone_is_no_error() -> None:
    verbs.listen(0)


def test_what_a_person_decides_is_reached_through_the_person(
    asked: Message, agent: User, stranger: User, signed_in: SignedIn, client: Client
) -> None:
    commitment = promise(agent, asked.conversation)
    ask = Ask.objects.earliest("pk")
    paths = {
        f"/asks/{ask.pk}/state": "answered",
        f"/commitments/{commitment.pk}/state": "kept",
    }
    for path, state in paths.items():
        assert client.post(path, {"state": state})["Location"].startswith("/account/login/")
    for path, state in paths.items():
        assert signed_in(stranger).post(path, {"state": state}).status_code == 404
        assert signed_in(agent).get(path).status_code == 405
    ask.refresh_from_db()
    assert not ask.settled
    for path, state in paths.items():
        page = signed_in(agent).post(path, {"state": state}, follow=True)
        assert page.status_code == 200
    ask.refresh_from_db()
    commitment.refresh_from_db()
    assert (ask.state, commitment.state) == ("answered", "kept")


def test_a_promise_has_no_other_states(asked: Message, agent: User, signed_in: SignedIn) -> None:
    commitment = promise(agent, asked.conversation)
    answer = signed_in(agent).post(
        f"/commitments/{commitment.pk}/state", {"state": "gone"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("kind", [kind for kinds in FAMILIES.values() for kind in kinds])
def test_every_kind_has_a_family_and_words(kind: str) -> None:
    assert kind in FAMILIES[family_of(kind)]
    assert label_of(f"{kind}.some-thing" if kind == "emotion" else kind)[0].isupper()


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("question.open", "Open question"),
        ("emotion.worry", "Worry"),
        ("reflection.feeling", "Feeling said back"),
        ("leave-risk", "Leave risk"),
    ],
)
def test_kinds_are_said_in_words(kind: str, label: str) -> None:
    assert label_of(kind) == label


@pytest.mark.parametrize(
    ("kind", "family"),
    [
        ("thanks", "pleasant"),
        ("courtesy", "pleasant"),
        ("emotion.gratitude", "pleasant"),
        ("emotion.relief", "pleasant"),
        ("emotion.joy", "pleasant"),
        ("emotion.frustration", "felt"),
        ("complaint", "felt"),
    ],
)
def test_pleasant_words_are_not_drawn_like_complaints(kind: str, family: str) -> None:
    assert family_of(kind) == family
