"""Two people at one conversation: who is there, and whose letter came first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from heard import clock
from heard.accounts.models import User
from heard.conftest import Receive
from heard.inbox import moments, verbs
from heard.inbox.company import company_at
from heard.inbox.models import Conversation, Message, Presence
from heard.inbox.models.presence import LASTS, WRITING_LASTS
from heard.inbox.verbs import Draft, attending
from heard.inbox.verbs.crossing import Crossed, newest_seen

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def test_a_reply_that_crosses_a_colleague_s_is_stopped_with_theirs(
    conversation: Conversation, agent: User, team_mate: User
) -> None:
    seen = newest_seen(conversation)
    theirs = verbs.reply(team_mate, conversation, Draft(text="It left.", after=seen))
    with pytest.raises(Crossed) as crossed:
        verbs.reply(agent, conversation, Draft(text="It will leave.", after=seen))
    assert [one.pk for one in crossed.value.letters] == [theirs.pk]
    assert "Priya Raman wrote while you were writing" in crossed.value.says
    assert verbs.reply(agent, conversation, Draft(text="It will leave.", after=theirs.pk))


def test_one_that_waits_to_leave_is_crossed_as_well(
    conversation: Conversation, agent: User, team_mate: User
) -> None:
    seen = newest_seen(conversation)
    waiting = Draft(text="It left.", leaves=moments.soon(clock.now(), 10))
    verbs.reply(team_mate, conversation, waiting)
    with pytest.raises(Crossed):
        verbs.reply(agent, conversation, Draft(text="Yes.", after=seen))


def test_a_letter_of_the_customer_s_crosses(
    conversation: Conversation, agent: User, receive: Receive
) -> None:
    seen = newest_seen(conversation)
    receive("It came.", reply_to_id="letter-1@duarte-joinery.example")
    with pytest.raises(Crossed):
        verbs.reply(agent, conversation, Draft(text="Yes.", after=seen))


def test_notes_machines_and_oneself_cross_nothing(
    conversation: Conversation, agent: User, team_mate: User, receive: Receive
) -> None:
    seen = newest_seen(conversation)
    verbs.note(team_mate, conversation, Draft(text="Careful."))
    receive("Away", reply_to_id="letter-1@duarte-joinery.example", Auto_Submitted="auto-replied")
    verbs.reply(agent, conversation, Draft(text="One."))
    assert verbs.reply(agent, conversation, Draft(text="Two.", after=seen))


def test_the_page_shows_what_came_between_and_keeps_the_words(
    conversation: Conversation, agent: User, team_mate: User, signed_in: SignedIn
) -> None:
    seen = newest_seen(conversation)
    verbs.reply(team_mate, conversation, Draft(text="It <b>left</b>."))
    path = f"/conversations/{conversation.pk}/messages"
    form = {"text": "Mine", "after": str(seen), "to": "ines@duarte-joinery.example"}
    stopped = signed_in(agent).post(path, form, headers={"HX-Request": "true"})
    page = stopped.content.decode()
    assert stopped.status_code == 409
    assert "It &lt;b&gt;left&lt;/b&gt;." in page and "Send mine anyway" in page
    assert not Message.objects.filter(user=agent).exists()


def test_who_looks_and_who_writes_is_told_until_they_go(
    conversation: Conversation, agent: User, team_mate: User
) -> None:
    assert company_at(agent, conversation).is_empty
    attending.attend(team_mate, conversation, writing=False)
    (there,) = company_at(agent, conversation).people
    assert (there.name, there.writing) == ("Priya Raman", False)
    attending.attend(team_mate, conversation, writing=True)
    assert company_at(agent, conversation).people[0].writing
    assert company_at(team_mate, conversation).is_empty
    with clock.at(clock.now() + WRITING_LASTS):
        assert not company_at(agent, conversation).people[0].writing
    with clock.at(clock.now() + LASTS):
        assert company_at(agent, conversation).is_empty
    attending.leave(team_mate, conversation)
    assert company_at(agent, conversation).is_empty


def test_the_page_s_beats(
    conversation: Conversation, agent: User, stranger: User, signed_in: SignedIn
) -> None:
    path = f"/conversations/{conversation.pk}/attendance"
    assert signed_in(stranger).post(path, {"doing": "looking"}).status_code == 404
    assert signed_in(agent).post(path, {"doing": "writing"}).status_code == 200
    assert Presence.objects.get().writing_at is not None
    assert signed_in(agent).post(path, {"doing": "gone"}).status_code == 204
    assert not Presence.objects.exists()


def test_who_was_there_an_hour_ago_is_forgotten(conversation: Conversation, agent: User) -> None:
    with clock.at(clock.now() - attending.FORGOTTEN_AFTER - timedelta(minutes=1)):
        attending.attend(agent, conversation, writing=False)
    attending.sweep()
    assert not Presence.objects.exists()
