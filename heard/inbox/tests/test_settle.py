"""What became of a letter, told in an order nobody chose."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from heard.accounts.models import User
from heard.inbox import verbs
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db


def test_a_bounce_that_is_quicker_than_the_relay_s_goodbye_is_not_called_sent(
    conversation: Conversation, agent: User
) -> None:
    leaving = verbs.reply(agent, conversation, Draft(text="It left on Monday."))
    verbs.bounce(Message.objects.get(pk=leaving.pk), "550 No such person", permanent=True)
    verbs.sent(leaving, "250 Taken")
    leaving.refresh_from_db()
    assert (leaving.state, leaving.state_note) == (Message.State.BOUNCED, "550 No such person")


@pytest.mark.django_db(transaction=True)
def test_nor_is_one_that_comes_at_the_same_moment(conversation: Conversation, agent: User) -> None:
    leaving = verbs.reply(agent, conversation, Draft(text="It left on Monday."))

    def say_goodbye() -> None:
        try:
            verbs.sent(Message.objects.get(pk=leaving.pk), "250 Taken")
        finally:
            connection.close()

    relay = threading.Thread(target=say_goodbye)
    with transaction.atomic():
        verbs.bounce(leaving, "550 No such person", permanent=True)
        relay.start()
        relay.join(0.5)
    relay.join()
    leaving.refresh_from_db()
    assert leaving.state == Message.State.BOUNCED


def test_sent_again_after_a_bounce_it_is_sent(conversation: Conversation, agent: User) -> None:
    ours = verbs.reply(agent, conversation, Draft(text="It left on Monday."))
    verbs.bounce(ours, "550 No such person", permanent=True)
    verbs.sent(verbs.retry(agent, ours), "250 Taken")
    ours.refresh_from_db()
    assert ours.state == Message.State.SENT
