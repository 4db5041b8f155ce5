"""A person decides about an ask in the very moment the engine listens anew: the person counts."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from heard.accounts.models import User
from heard.inbox.models import Conversation
from heard.readings import verbs
from heard.readings.models import Ask

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_ask_marked_answered_while_the_engine_listens_stays_answered(
    conversation: Conversation, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    verbs.listen(conversation.pk)
    ask = Ask.objects.select_related("message__conversation").get()
    assert ask.state == Ask.State.OPEN

    def mark() -> None:
        try:
            verbs.settle_ask(agent, ask, answered=True)
        finally:
            connection.close()

    person = threading.Thread(target=mark)
    write = verbs._write

    def marked_meanwhile(*args: object) -> None:
        if person.ident is None:
            person.start()
            person.join(0.5)
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(verbs, "_write", marked_meanwhile)
    verbs.listen(conversation.pk)
    person.join()
    kept = Ask.objects.get()
    assert (kept.state, kept.settled) == (Ask.State.ANSWERED, True)
