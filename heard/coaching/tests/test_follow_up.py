"""Where it has gone silent, a follow-up is suggested; nothing is ever sent or closed by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heard import clock
from heard.accounts.models import User
from heard.coaching.follow_up import suggested
from heard.conftest import Receive
from heard.inbox import lists, verbs
from heard.inbox.lists import View
from heard.inbox.models import Conversation
from heard.inbox.verbs import Draft
from heard.readings import verbs as readings

pytestmark = pytest.mark.django_db


def heard(conversation: Conversation) -> Conversation:
    readings.listen(conversation.pk)
    return Conversation.objects.get(pk=conversation.pk)


def answered(receive: Receive, agent: User, words: str) -> Conversation:
    one = receive("My saw is broken. Can you help?").conversation
    with clock.at(one.last_at + timedelta(seconds=30)):
        verbs.reply(agent, one, Draft(text=words))
    return heard(one)


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Thank you. Which model of saw do you have?", True),
        ("A new saw is on its way to you.", False),
        ("A new saw is on its way. Is there anything else I can do for you?", False),
    ],
)
def test_who_does_not_answer_our_question_has_gone_quiet(
    receive: Receive, agent: User, words: str, asks: bool
) -> None:
    one = answered(receive, agent, words)
    assert bool(one.asked_at) is asks
    with clock.at(one.last_at + timedelta(days=1)):
        assert suggested(one) is None
    with clock.at(one.last_at + timedelta(days=3)):
        quiet = list(lists.listed(agent, View("quiet")))
        found = suggested(one)
    assert [row.pk for row in quiet] == ([one.pk] if asks else [])
    assert bool(found) is asks
    if found:
        assert "Which model of saw do you have?" in found.text
    one.refresh_from_db()
    assert one.is_open


def test_whoever_answers_is_not_quiet_any_more(receive: Receive, agent: User) -> None:
    one = answered(receive, agent, "Which model of saw do you have?")
    receive("The BS-12", subject="Re: Order 1204")
    one.refresh_from_db()
    assert one.asked_at is None
    assert heard(one).asked_at is None


def test_who_waits_for_us_is_answered_ask_by_ask(receive: Receive, agent: User) -> None:
    one = heard(receive("Where is my order? And can you send an invoice?").conversation)
    found = suggested(one)
    assert found and "Where is my order?" in found.text
    verbs.close(agent, one)
    assert suggested(Conversation.objects.get(pk=one.pk)) is None


def test_who_must_not_be_listened_to_gets_no_suggestion(receive: Receive) -> None:
    one = heard(receive("Where is my order?").conversation)
    one.contact.analyse = False
    one.contact.save()
    assert suggested(Conversation.objects.get(pk=one.pk)) is None


def test_the_page_offers_it_beside_the_composer(receive, agent: User, signed_in) -> None:
    one = heard(receive("Where is my order?").conversation)
    page = signed_in(agent).get(f"/conversations/{one.pk}").content.decode()
    assert "waits for an answer" in page
    assert "data-insert=" in page
