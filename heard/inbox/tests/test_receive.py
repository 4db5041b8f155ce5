"""A letter has come in: one message, seen by whoever it was written to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from heard import clock
from heard.accounts.models import User
from heard.channels.email import parse
from heard.conftest import Letter, Receive
from heard.contacts.models import Contact
from heard.events.models import Event
from heard.inbox import lists, verbs
from heard.inbox.lists import View
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BOTH = {"to": "support@larkfield.example", "Cc": "accounts@larkfield.example"}


def seen_by(user: User) -> list[str]:
    return [one.subject for one in lists.listed(user, View())]


def test_a_letter_becomes_a_message_of_its_author(receive: Receive, customer: Contact) -> None:
    message = receive("Where is my order?")
    assert (message.kind, message.contact) == (Message.Kind.INBOUND, customer)
    assert message.conversation.preview == "Where is my order?"
    assert message.conversation.waiting_since == message.at
    assert Event.objects.filter(name="message.received", message_id=message.pk).exists()


def test_a_letter_to_two_inboxes_is_one_message_both_teams_see(
    inbox: Inbox, other_inbox: Inbox, letter: Letter, agent: User, stranger: User
) -> None:
    raw = letter(**BOTH)
    first = verbs.receive(inbox, parse(raw), at=AT)
    assert (seen_by(agent), seen_by(stranger)) == (["Order 1204"], [])
    assert verbs.receive(other_inbox, parse(raw), at=AT) == first
    assert (seen_by(agent), seen_by(stranger)) == (["Order 1204"], ["Order 1204"])
    assert Message.objects.count() == 1
    told = Conversation.objects.get().topics
    assert {inbox.topic, other_inbox.topic} <= set(told)


def test_either_team_may_take_a_shared_conversation(
    conversation: Conversation, other_inbox: Inbox, stranger: User
) -> None:
    conversation.inbox_ids.append(other_inbox.pk)
    conversation.save()
    assert verbs.assign(stranger, conversation, stranger).assignee == stranger


def test_our_inboxes_do_not_take_part_as_customers(receive: Receive, other_inbox: Inbox) -> None:
    message = receive(**BOTH)
    addresses = message.conversation.participants.values_list("address", flat=True)
    assert list(addresses) == ["ines@duarte-joinery.example"]


def test_the_same_letter_twice_is_there_once(inbox: Inbox, letter: Letter) -> None:
    raw = letter()
    later = raw.replace(b"\n", b"\r\n").replace(b"From:", b"Received: by mx2\r\nFrom:", 1)
    one = verbs.receive(inbox, parse(raw), at=AT)
    assert verbs.receive(inbox, parse(later), at=AT) == one


def test_different_letters_with_one_message_id_are_both_kept(receive: Receive) -> None:
    first = receive("January's order", message_id="<always@same.example>")
    second = receive("February's order", message_id="<always@same.example>", subject="Again")
    assert {first.text.strip(), second.text.strip()} == {"January's order", "February's order"}


@pytest.mark.parametrize("odd", ["", "<>", "<  >", "no brackets", "@", "<@>"])
def test_a_strange_message_id_loses_no_letter(inbox: Inbox, odd: str) -> None:
    head = f"Message-ID: {odd}\r\nFrom: a@b.example\r\n".encode()
    first = verbs.receive(inbox, parse(head + b"Subject: A\r\n\r\nOne"), at=AT)
    second = verbs.receive(inbox, parse(head + b"Subject: B\r\n\r\nTwo"), at=AT)
    assert first.pk != second.pk
    assert first.message_id and second.message_id


def test_a_copy_of_our_own_letter_makes_no_second_message(
    receive: Receive, agent: User, conversation: Conversation
) -> None:
    ours = verbs.reply(agent, conversation, Draft(text="It left on Monday."))
    sender = "Support <support@larkfield.example>"
    copy = receive("It left on Monday.", sender=sender, message_id=f"<{ours.message_id}>")
    assert copy == ours


def test_a_letter_that_borrows_our_message_id_is_kept(
    receive: Receive, agent: User, conversation: Conversation
) -> None:
    ours = verbs.reply(agent, conversation, Draft(text="It left on Monday."))
    came = receive("I never got it", message_id=f"<{ours.message_id}>")
    assert came != ours
    assert came.text.strip() == "I never got it"


def test_a_new_letter_wakes_a_closed_conversation(
    receive: Receive, agent: User, conversation: Conversation
) -> None:
    verbs.close(agent, conversation)
    receive("It broke again")
    conversation.refresh_from_db()
    assert conversation.is_open
    assert conversation.closed_at is None


@pytest.mark.parametrize(
    "header",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X-Autoreply": "yes"},
        {"List-Id": "<news.example>"},
    ],
)
def test_automatic_mail_is_kept_and_wakes_nobody(
    receive: Receive, agent: User, conversation: Conversation, header: dict[str, str]
) -> None:
    verbs.close(agent, conversation)
    message = receive("I am out of office", reply_to_id="letter-1@duarte-joinery.example", **header)
    assert message.conversation_id == conversation.pk
    assert message.automatic
    conversation.refresh_from_db()
    assert not conversation.is_open


def test_automatic_mail_wakes_where_the_inbox_wants_it(
    receive: Receive, agent: User, conversation: Conversation, inbox: Inbox
) -> None:
    verbs.close(agent, conversation)
    inbox.wake_on_automatic = True
    inbox.save()
    receive("I am out of office", Auto_Submitted="auto-replied")
    conversation.refresh_from_db()
    assert conversation.is_open


def test_nobody_waits_for_an_answer_to_automatic_mail(receive: Receive) -> None:
    assert receive(Auto_Submitted="auto-generated").conversation.waiting_since is None


def test_a_letter_long_under_way_is_unread_all_the_same(
    inbox: Inbox, letter: Letter, agent: User
) -> None:
    first = verbs.receive(inbox, parse(letter("One")), at=AT)
    with clock.at(AT + timedelta(hours=3)):
        verbs.see(agent, first.conversation)
    newer = verbs.receive(inbox, parse(letter("Newer")), at=AT + timedelta(hours=2))
    (row,) = lists.page(agent, View()).rows
    assert row.unread
    with clock.at(AT + timedelta(hours=3)):
        verbs.see(agent, first.conversation)
    verbs.receive(inbox, parse(letter("Held up for an hour")), at=AT + timedelta(hours=1))
    (row,) = lists.page(agent, View()).rows
    assert row.unread
    assert (row.preview, row.last_at) == ("Newer", newer.at)


def test_a_very_long_address_is_no_reason_to_lose_a_letter(receive: Receive) -> None:
    address = "a" * 120 + "@" + "b" * 240 + ".example"
    message = receive("Hello", sender=address)
    assert message.text.strip() == "Hello"
    assert receive("Hello again", sender=address).contact == message.contact


def test_a_display_name_does_not_overwrite_what_a_colleague_wrote(
    receive: Receive, customer: Contact
) -> None:
    receive(sender="Boss Lady <INES@duarte-joinery.example>")
    customer.refresh_from_db()
    assert customer.name == "Inês Duarte"


def test_a_year_ten_thousand_does_not_break_the_page(receive: Receive) -> None:
    at = b"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\n"
    inbound = parse(at + b"From: a@b.example\r\n\r\nHello")
    message = verbs.receive(Inbox.objects.get(), inbound, at=AT)
    assert Message.objects.get(pk=message.pk).text == "Hello"
