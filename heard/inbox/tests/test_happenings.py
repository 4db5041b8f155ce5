"""Between the letters stands who did what."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from heard.accounts.models import User
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Message


def test_who_took_gave_closed_and_reopened_stands_between_the_letters(
    conversation: Conversation,
    agent: User,
    team_mate: User,
    signed_in: Callable[[User], Client],
) -> None:
    verbs.assign(agent, conversation, agent)
    verbs.assign(agent, conversation, team_mate)
    verbs.assign(team_mate, conversation, None)
    verbs.close(team_mate, conversation)
    verbs.reopen(agent, conversation)
    page = signed_in(agent).get(f"/conversations/{conversation.pk}/thread").content.decode()
    lines = [
        "Tom Okafor took this",
        "Tom Okafor gave this to Priya Raman",
        "Priya Raman gave this back, so nobody has it yet",
        "Priya Raman closed this",
        "Tom Okafor took this up again",
    ]
    places = [page.index(line) for line in lines]
    assert places == sorted(places)
    assert Message.objects.filter(kind=Message.Kind.SYSTEM).count() == 0


def test_a_letter_that_opens_a_closed_conversation_leaves_a_line(
    conversation: Conversation,
    agent: User,
    receive: Receive,
    signed_in: Callable[[User], Client],
) -> None:
    for words in ("Once more", "And again"):
        verbs.close(agent, conversation)
        assert receive(words).conversation_id == conversation.pk
    receive("And a last thing")
    page = signed_in(agent).get(f"/conversations/{conversation.pk}/thread").content.decode()
    assert page.count("A new letter opened this again") == 2
