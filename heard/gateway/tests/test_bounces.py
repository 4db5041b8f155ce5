"""A letter of ours that came back shows it, and nobody can say so falsely."""

from __future__ import annotations

import pytest

from heard.accounts.models import User
from heard.channels.email.addresses import bounce_address
from heard.channels.tests.letters import letter as plain
from heard.channels.tests.letters import multipart, part
from heard.gateway import verp
from heard.gateway.models import Envelope
from heard.gateway.tests.test_envelopes import arrive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(conversation: Conversation, agent: User) -> Message:
    """A letter that has left and been closed upon."""
    message = verbs.reply(agent, conversation, Draft(text="It left on Monday."))
    verbs.sent(message, "250 ok")
    verbs.close(agent, conversation)
    return message


def report(
    action: str, status: str, *, of: str = "", to: str = "bounces@larkfield.example"
) -> bytes:
    """A delivery report (RFC 3464), with the id of the returned letter if `of` names it."""
    said = (
        f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ines@duarte.example\r\n"
        f"Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 no such user here"
    )
    parts = [
        part("text/plain", "It could not be delivered."),
        part("message/delivery-status", said),
    ]
    if of:
        parts.append(
            part("message/rfc822", plain("Hi", f"Message-ID: <{of}>", drop=["Message-ID"]))
        )
    raw = multipart("report; report-type=delivery-status", *parts)
    sender = b"From: Mail Delivery System <mailer-daemon@mx.example>"
    raw = raw.replace(b"From: Ines Duarte <ines@duarte.example>", sender, 1)
    return raw.replace(b"Larkfield Support <support@larkfield.example>", to.encode(), 1)


def test_a_bounce_is_tied_by_its_return_path(inbox: Inbox, ours: Message) -> None:
    envelope = arrive(inbox, report("failed", "5.1.1"), verp.return_path(inbox, ours))
    ours.refresh_from_db()
    assert envelope.message == ours
    assert ours.state == Message.State.BOUNCED
    assert "550 no such user here" in ours.state_note
    assert Conversation.objects.get().is_open


def test_a_bounce_is_tied_by_the_letter_it_returns(inbox: Inbox, ours: Message) -> None:
    arrive(inbox, report("failed", "5.1.1", of=ours.message_id))
    ours.refresh_from_db()
    assert ours.state == Message.State.BOUNCED


def test_a_bounce_fetched_from_a_mailbox_is_tied_by_its_to_line(
    inbox: Inbox, ours: Message
) -> None:
    arrive(inbox, report("failed", "5.1.1", to=verp.return_path(inbox, ours)), source="imap")
    ours.refresh_from_db()
    assert ours.state == Message.State.BOUNCED


def test_a_server_that_gave_up_after_days_has_not_delivered(inbox: Inbox, ours: Message) -> None:
    arrive(inbox, report("failed", "4.4.7"), verp.return_path(inbox, ours))
    ours.refresh_from_db()
    assert ours.state == Message.State.BOUNCED


def test_a_delay_is_noted_and_is_no_bounce(inbox: Inbox, ours: Message) -> None:
    arrive(inbox, report("delayed", "4.4.1"), verp.return_path(inbox, ours))
    ours.refresh_from_db()
    assert ours.state == Message.State.SENT
    assert "550 no such user here" in ours.state_note
    assert not Conversation.objects.get().is_open


def test_a_word_of_success_changes_nothing(inbox: Inbox, ours: Message) -> None:
    arrive(inbox, report("delivered", "2.0.0"), verp.return_path(inbox, ours))
    ours.refresh_from_db()
    assert (ours.state, ours.state_note) == (Message.State.SENT, "250 ok")


@pytest.mark.parametrize(
    "forged", ["{pk}x0000000000000000", "{pk}", "{pk}x", "9" * 40 + "x" + "0" * 16]
)
def test_a_forged_return_path_is_ignored(inbox: Inbox, ours: Message, forged: str) -> None:
    address = bounce_address(inbox.address, forged.format(pk=f"{ours.pk:04}"))
    envelope = arrive(inbox, report("failed", "5.1.1"), address)
    ours.refresh_from_db()
    assert ours.state == Message.State.SENT
    assert envelope.state == Envelope.State.OPENED
    assert envelope.message.automatic


def test_a_bounce_of_nothing_of_ours_is_shown_as_a_letter(inbox: Inbox, ours: Message) -> None:
    envelope = arrive(inbox, report("failed", "5.1.1", of="somebody@else.example"))
    assert envelope.message.kind == Message.Kind.INBOUND
    assert "could not be delivered" in envelope.message.text


def test_a_customer_s_letter_is_not_bounced_by_its_id(
    inbox: Inbox, ours: Message, conversation: Conversation
) -> None:
    asked = conversation.messages.earliest("pk")
    arrive(inbox, report("failed", "5.1.1", of=asked.message_id))
    asked.refresh_from_db()
    assert asked.state == Message.State.RECEIVED


def test_two_reports_on_one_letter_leave_its_pages_whole(
    inbox: Inbox, ours: Message, agent: User, signed_in
) -> None:
    back = verp.return_path(inbox, ours)
    arrive(inbox, report("delayed", "4.4.1"), back)
    arrive(inbox, report("failed", "5.4.7"), back)
    browser = signed_in(agent)
    page = browser.get(f"/conversations/{ours.conversation_id}").content.decode()
    assert "550 no such user here" in page
    assert "Send again" in page
    assert browser.get(f"/messages/{ours.pk}/source").status_code == 404


def test_a_bounced_letter_waits_in_the_queue(
    inbox: Inbox, ours: Message, agent: User, stranger: User, signed_in
) -> None:
    arrive(inbox, report("failed", "5.1.1"), verp.return_path(inbox, ours))
    assert "550 no such user here" in signed_in(agent).get("/queue").content.decode()
    assert "550" not in signed_in(stranger).get("/queue").content.decode()
