"""The coach beside the composer: short, with its reason, and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from heard.accounts.models import User
from heard.coaching import verbs
from heard.conftest import Receive
from heard.inbox.models import Message

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def asked(receive: Receive) -> Message:
    return receive("I am really upset. Where is my order? Can you send me the invoice?")


def test_the_coach_names_what_a_draft_leaves_out(
    asked: Message, agent: User, signed_in: SignedIn
) -> None:
    answer = signed_in(agent).post(
        f"/conversations/{asked.conversation_id}/advice",
        {"text": "You should have read the terms."},
    )
    page = answer.content.decode()
    assert 1 <= page.count("<li>") <= 3
    assert "coach-why" in page


THANKS = "Thank you for telling us, Inês. We are glad that it arrived whole."
FINNISH = (
    "Hei, saha saapui eilen, mutta terä on valitettavasti taas tylsä, aivan kuten viime kerralla."
    " Voisitteko lähettää minulle uuden terän tällä viikolla?"
)


@pytest.mark.parametrize(
    ("came", "draft", "ready"),
    [
        ("Thank you, it arrived.", THANKS, True),
        ("Thank you, it arrived.", "Thanks!", False),
        ("Where is my order? What does it cost? Can you send me the invoice?", "ok", False),
        ("Where is my order? What does it cost? Can you send me the invoice?", "No.", False),
        ("Where is my order? Can I have my money back?", "We can't refund you.", False),
        ("Where is my order? Can I have my money back?", THANKS, False),
        (FINNISH, THANKS, False),
        ("Thank you, it arrived.", FINNISH, False),
    ],
)
def test_only_a_draft_that_was_judged_is_called_ready(
    receive: Receive, agent: User, signed_in: SignedIn, came: str, draft: str, ready: bool
) -> None:
    path = f"/conversations/{receive(came).conversation_id}/advice"
    page = signed_in(agent).post(path, {"text": draft}).content.decode()
    assert ("Ready to send" in page) is ready


def test_a_reproach_that_is_made_twice_stands_first_and_once(receive: Receive) -> None:
    asked = receive("Where is my order? What does it cost? Can you send me the invoice?")
    draft = "You moron, the invoice is an important paper and the lens is very nice. Calm down."
    kinds = [one.kind for one in verbs.advise(asked.conversation, draft)]
    assert kinds[0] == "blame"
    assert kinds.count("blame") == 1
    assert "ask.open" in kinds


def test_nothing_is_called_ready_where_nobody_may_listen(
    receive: Receive, agent: User, signed_in: SignedIn
) -> None:
    conversation = receive("Thank you, it arrived.").conversation
    type(conversation).objects.update(analyse=False)
    path = f"/conversations/{conversation.pk}/advice"
    assert not signed_in(agent).post(path, {"text": THANKS}).content.decode().strip()


def test_a_draft_for_nobody_is_not_ready(
    receive: Receive, agent: User, signed_in: SignedIn
) -> None:
    conversation = receive("Thank you, it arrived.").conversation
    path = f"/conversations/{conversation.pk}/advice"
    for to, ready in (("", False), (" ,", False), ("ines@duarte-joinery.example", True)):
        form = {"text": THANKS, "to": to}
        page = signed_in(agent).post(path, form).content.decode()
        assert ("Nobody to send this to yet" in page) is not ready
        assert ("Ready to send" in page) is ready


@pytest.mark.parametrize("draft", ["", " \n ", "\0"])
def test_nothing_written_is_nothing_said(asked: Message, draft: str) -> None:
    assert verbs.advise(asked.conversation, draft) == []


def test_a_draft_s_words_are_words(asked: Message, agent: User, signed_in: SignedIn) -> None:
    text = "<script>alert(1)</script> You should have read it. " * 3
    path = f"/conversations/{asked.conversation_id}/advice"
    assert "<script" not in signed_in(agent).post(path, {"text": text}).content.decode()
