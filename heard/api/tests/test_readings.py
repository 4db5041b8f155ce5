"""What was heard, and advice, through the door for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation
from heard.listening.families import FAMILIES
from heard.readings.models import Sign
from heard.readings.verbs import listen

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


@pytest.fixture
def heard(receive: Receive, agent: User) -> Conversation:
    """Inês was upset and asked; Tom answered and promised."""
    one = receive("I am very disappointed. Where is my order?").conversation
    text = "I am sorry about the delay. It left today, and I will send you the receipt tomorrow."
    verbs.reply(agent, one, verbs.Draft(text=text))
    listen(one.pk)
    return one


def test_each_sign_lies_in_its_message(program: Programs, agent: User, heard: Conversation) -> None:
    reading = program(agent).get(f"/conversations/{heard.pk}/reading").json()
    texts = {message.pk: message.text for message in heard.messages.all()}
    spans = [*reading["signs"], *reading["asks"], *reading["commitments"]]
    assert reading["is_read"]
    assert reading["commitments"][0]["due"]
    assert reading["measures"]
    for span in spans:
        assert texts[span["message_id"]][span["start"] : span["end"]].strip()
        assert span["why"]
    (ask,) = reading["asks"]
    assert ask["text"] == "Where is my order?"


def test_a_sign_of_every_kind_is_told(program: Programs, agent: User, heard: Conversation) -> None:
    letter = heard.messages.earliest("pk")
    every = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
    Sign.objects.all().delete()
    Sign.objects.bulk_create(
        Sign(message=letter, kind=kind, start=0, end=4, score=0.9, why="said") for kind in every
    )
    answer = program(agent).get(f"/conversations/{heard.pk}/reading")
    assert answer.status_code == 200
    assert {sign["kind"]: sign["family"] for sign in answer.json()["signs"]} == every


def test_nothing_yet_where_nobody_has_listened(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    reading = program(agent).get(f"/conversations/{conversation.pk}/reading").json()
    assert not reading.pop("is_read")
    assert not any(reading.values())


def test_advice_points_into_the_draft(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    draft = "You should have read the manual. It is your own fault."
    address = f"/conversations/{conversation.pk}/advice"
    items = program(agent, "read").post(address, {"text": draft}).json()["items"]
    assert "blame" in {item["kind"] for item in items}
    assert all(0 <= item["start"] <= item["end"] <= len(draft) for item in items)


def test_no_advice_where_the_customer_said_not_to_listen(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    conversation.contact.analyse = False
    conversation.contact.save()
    address = f"/conversations/{conversation.pk}/advice"
    assert program(agent).post(address, {"text": "Your own fault."}).json() == {"items": []}
