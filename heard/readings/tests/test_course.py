"""The course of feeling beside the letters, asks tied to answers, skills with their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from heard.accounts.models import User
from heard.conftest import Receive
from heard.inbox import verbs as inbox
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs import Draft
from heard.readings import verbs
from heard.readings.models import Reading
from heard.readings.queries import heard_in

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
Letters = tuple[Message, Message, Message]


@pytest.fixture
def letters(receive: Receive, agent: User) -> Letters:
    """Inês is frustrated, Tom answers, she is relieved."""
    first = receive("I am really frustrated! When did my order leave?")
    conversation = Conversation.objects.get(pk=first.conversation_id)
    reply = inbox.reply(
        agent, conversation, Draft(text="That must be frustrating. Your order left on Monday.")
    )
    Message.objects.filter(pk=reply.pk).update(at=first.at + timedelta(seconds=30))
    last = receive("What a relief, I am so relieved!", reply_to_id=first.message_id)
    verbs.listen(conversation.pk)
    return first, reply, last


def page(agent: User, signed_in: SignedIn, message: Message, part: str = "") -> str:
    answer = signed_in(agent).get(f"/conversations/{message.conversation_id}{part}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_course_leads_to_the_letters_it_speaks_of(letters: Letters) -> None:
    first, reply, last = letters
    course = heard_in(first.conversation).course
    assert [point.message_id for point in course.points] == [first.pk, last.pk]
    assert course.points[0].y > course.points[1].y
    turned = course.turned[last.pk]
    assert (turned.better, turned.before) == (True, reply.pk)
    assert "empathy" in turned.acts and "courtesy" not in turned.acts


def test_the_page_shows_the_course_in_words_and_in_the_thread(
    letters: Letters, agent: User, signed_in: SignedIn
) -> None:
    _first, reply, last = letters
    shown = page(agent, signed_in, last)
    for words in ("Course of feeling", "Better: relief", "Risk of escalation", "relief: “"):
        assert words in shown
    assert shown.count('class="turned"') == 1
    assert f'after <a href="#message-{reply.pk}">our letter</a>' in shown
    assert 'class="course-drawn" viewBox="0 0 264 84" aria-hidden="true"' in shown


def test_an_answered_ask_leads_to_its_answer(
    letters: Letters, agent: User, signed_in: SignedIn
) -> None:
    first, reply, _last = letters
    shown = page(agent, signed_in, first, "/memory")
    said = "Your order left on Monday."
    assert f'<a href="#message-{reply.pk}" title="{said}">Answered</a>' in shown


def test_an_ask_made_again_leads_to_where(
    receive: Receive, agent: User, signed_in: SignedIn
) -> None:
    first = receive("When will my order leave?")
    reply = inbox.reply(agent, first.conversation, Draft(text="Thank you for your message."))
    Message.objects.filter(pk=reply.pk).update(at=first.at + timedelta(seconds=30))
    again = receive("When will my order leave?", reply_to_id=first.message_id)
    verbs.listen(first.conversation_id)
    assert f'href="#message-{again.pk}"' in page(agent, signed_in, first, "/memory")
    assert "Asked again</a>" in page(agent, signed_in, first, "/memory")


def test_a_skill_shows_its_words(letters: Letters, agent: User, signed_in: SignedIn) -> None:
    first, reply, _last = letters
    shown = page(agent, signed_in, first, "/memory")
    assert f'<li><a href="#message-{reply.pk}" dir="auto">' in shown


def test_figures_are_said_as_people_say_them(
    letters: Letters, agent: User, signed_in: SignedIn
) -> None:
    shown = page(agent, signed_in, letters[0], "/memory")
    assert "<td>100 % of asks</td>" in shown
    assert "<td>30 s</td>" in shown


def test_calm_letters_show_no_course(receive: Receive, agent: User, signed_in: SignedIn) -> None:
    calm = receive("When does the shop open?")
    verbs.listen(calm.conversation_id)
    assert "Course of feeling" not in page(agent, signed_in, calm)


def test_a_reading_from_before_still_shows(
    letters: Letters, agent: User, signed_in: SignedIn
) -> None:
    Reading.objects.update(course={})
    shown = page(agent, signed_in, letters[0])
    assert "Course of feeling" not in shown
    assert "How we listened" in shown
