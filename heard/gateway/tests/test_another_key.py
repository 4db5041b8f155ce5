"""The house's key has changed: kept passwords can't be read, and everything else goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from heard.accounts.models import User
from heard.gateway import verbs
from heard.gateway.models import MailboxLine, RelayLine
from heard.ground import doctor
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sealed_under_another_key(inbox: Inbox) -> None:
    RelayLine.objects.create(inbox=inbox, host="127.0.0.1", port=1, username="support")
    MailboxLine.objects.create(inbox=inbox, host="127.0.0.1", port=1, username="support")
    with connection.cursor() as cursor:
        for table in ("gateway_relayline", "gateway_mailboxline"):
            cursor.execute(f"UPDATE {table} SET password = 'sealed under another key'")


def test_an_admin_reaches_the_page_where_it_is_entered_anew(
    admin: User, inbox: Inbox, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(admin)
    assert browser.get("/settings/inboxes/").status_code == 200
    page = browser.get(f"/settings/inboxes/{inbox.pk}/").content.decode()
    assert "One is kept" not in page


def test_letters_wait_and_say_why(conversation: Conversation, agent: User) -> None:
    ours = inbox_verbs.reply(agent, conversation, Draft(text="It left on Monday."))
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.QUEUED
    assert "enter it anew" in ours.state_note


def test_the_mailbox_and_the_doctor_say_so() -> None:
    verbs.fetch(MailboxLine.objects.get().pk)
    assert "enter it anew" in MailboxLine.objects.get().last_error
    said = {one.name: one.sentence for one in doctor.checks()}
    assert "enter it anew" in said["mailbox of Support"]


def test_the_sealed_words_stay_in_case_the_key_comes_back() -> None:
    verbs.fetch(MailboxLine.objects.get().pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM gateway_mailboxline")
        assert cursor.fetchone() == ("sealed under another key",)
