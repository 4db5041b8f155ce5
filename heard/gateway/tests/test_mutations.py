"""Damaged letters go the whole way: none stops the line, none is lost.

The thousand of `heard/channels/tests/test_mutations.py` are only read; here 100 of the same
kind are kept, opened and shown too. MUTATED_LETTERS=1000 goes through a thousand, which takes
minutes rather than seconds.
"""

from __future__ import annotations

import os
import random

import pytest
from django.db import connection

from heard.accounts.models import User
from heard.channels.email.parse import NO_LETTER
from heard.channels.tests.test_mutations import MUTATIONS, SEEDS
from heard.gateway import verbs
from heard.gateway.arrival import Arrival
from heard.gateway.models import Envelope
from heard.inbox import queries
from heard.inbox.letters import letters_of
from heard.inbox.models import Conversation, Inbox, Message

pytestmark = pytest.mark.django_db

LETTERS = int(os.environ.get("MUTATED_LETTERS", "100"))
# Each share in a transaction and, where there are several, a process of its own.
SHARES = 4


def damaged(number: int) -> bytes:
    """The same damaged letter for the same number."""
    chance = random.Random(number)
    raw = chance.choice(SEEDS) + b"\r\nNumber %d" % number
    for mutation in chance.sample(MUTATIONS, 1 + number % 3):
        raw = mutation(chance, raw) or b" "
    return raw


@pytest.mark.parametrize("share", range(SHARES))
def test_no_damaged_letter_stops_the_line_or_is_lost(inbox: Inbox, agent: User, share: int) -> None:
    for number in range(share, LETTERS, SHARES):
        raw = damaged(number)
        before = Envelope.objects.count()
        verbs.accept([Arrival(inbox=inbox.pk, raw=raw, source="smtp")])
        if Envelope.objects.count() == before:
            continue  # the very same damage as one before
        envelope = Envelope.objects.latest("pk")
        verbs.unseal(envelope.pk)
        envelope.refresh_from_db()
        assert not connection.needs_rollback
        assert bytes(envelope.raw) == raw
        assert envelope.message is not None or envelope.error == NO_LETTER, envelope.error
    assert not Envelope.objects.filter(state=Envelope.State.WAITING).exists()
    assert Message.objects.count() > LETTERS / SHARES / 2
    for one in Conversation.objects.of(agent):
        shown = list(letters_of(queries.thread(one), {}))
        assert shown or not one.messages.exists()
