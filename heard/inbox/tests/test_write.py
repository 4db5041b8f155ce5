"""A colleague writes, sends again, hands over, closes, deletes, joins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile

from heard.accounts.models import User
from heard.channels.contract import Address
from heard.channels.email import parse
from heard.channels.email.message_id import token_of
from heard.conftest import Letter, Receive
from heard.contacts.models import Contact
from heard.events.models import Event
from heard.inbox import verbs
from heard.inbox.models import Attachment, Conversation, Inbox, Message, Participant
from heard.inbox.verbs import Draft
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply(conversation: Conversation, agent: User) -> Message:
    return verbs.reply(agent, conversation, Draft(text="It left on **Monday**."))


def test_a_reply_waits_to_leave_in_the_customer_s_thread(reply: Message) -> None:
    assert reply.state == Message.State.QUEUED
    assert reply.to == [{"email": "ines@duarte-joinery.example", "name": "Inês Duarte"}]
    assert reply.subject == "Re: Order 1204"
    assert reply.in_reply_to == "letter-1@duarte-joinery.example"
    assert reply.references == ["letter-1@duarte-joinery.example"]
    assert token_of(reply.message_id) == reply.conversation.token
    assert "<strong>Monday</strong>" in reply.html


def test_who_answers_has_the_conversation_and_nobody_waits(reply: Message, agent: User) -> None:
    conversation = Conversation.objects.get()
    assert conversation.assignee == agent
    assert conversation.waiting_since is None


def test_a_typed_address_carries_the_name_we_know(receive: Receive, agent: User) -> None:
    asked = receive(Cc='"Faria, Bruno" <bruno@faria.example>')
    typed = [Address("Ines@duarte-joinery.example"), Address("ana@faria.example")]
    draft = Draft(text="Yes.", to=typed, cc=[Address("bruno@faria.example")])
    ours = verbs.reply(agent, asked.conversation, draft)
    assert [one["name"] for one in ours.to] == ["Inês Duarte", ""]
    assert [one["name"] for one in ours.cc] == ["Faria, Bruno"]


def test_a_name_that_was_typed_stays(conversation: Conversation, agent: User) -> None:
    to = [Address("ines@duarte-joinery.example", "Inês")]
    assert verbs.reply(agent, conversation, Draft(text="Yes.", to=to)).to[0]["name"] == "Inês"


def test_a_name_known_from_elsewhere_does_not_go_out(
    receive: Receive, other_inbox: Inbox, agent: User
) -> None:
    receive(box=other_inbox, sender="Bruno <bruno@faria.example>")
    draft = Draft(text="Yes.", cc=[Address("bruno@faria.example")])
    assert verbs.reply(agent, receive().conversation, draft).cc[0]["name"] == ""


def test_an_answer_goes_where_the_customer_asked_for_it(receive: Receive, agent: User) -> None:
    asked = receive(Reply_To="office@duarte-joinery.example")
    ours = verbs.reply(agent, asked.conversation, Draft(text="Yes."))
    assert [one["email"] for one in ours.to] == ["office@duarte-joinery.example"]


def test_a_machine_is_not_answered_where_a_person_wrote(receive: Receive, agent: User) -> None:
    asked = receive()
    away = "Away <noreply@duarte-joinery.example>"
    receive("Away", sender=away, reply_to_id=asked.message_id, Auto_Submitted="auto-replied")
    assert verbs.reply(agent, asked.conversation, Draft(text="Yes.")).reply_to == asked


@pytest.mark.parametrize(
    ("switch", "asked", "quoted"),
    [
        (True, None, True),
        (False, None, False),
        (True, False, False),
        (False, True, True),
    ],
)
def test_the_letter_answered_is_quoted_as_inbox_or_draft_say(
    conversation: Conversation, agent: User, switch: bool, asked: bool | None, quoted: bool
) -> None:
    Inbox.objects.update(quote_history=switch)
    ours = verbs.reply(agent, conversation, Draft(text="Yes.", quote=asked))
    assert bool(ours.quoted) == quoted


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft(text=" \r\n\0 "), "empty"),
        (Draft(text="Hi", to=[Address("nowhere")]), "address"),
        (Draft(text="Hi", to=[Address("a@b.example\r\nBcc: c@d.example")]), "address"),
        (Draft(text="Hi", cc=[Address("")]), "address"),
    ],
)
def test_what_cannot_leave_is_refused_in_words(
    conversation: Conversation, agent: User, draft: Draft, code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        verbs.reply(agent, conversation, draft)
    assert refusal.value.code == code
    assert not Message.objects.filter(kind=Message.Kind.OUTBOUND).exists()


def test_a_file_alone_is_something_to_send(conversation: Conversation, agent: User) -> None:
    file = ContentFile(b"a plan", name="plan.txt")
    ours = verbs.reply(agent, conversation, Draft(text="", files=[file]))
    assert [kept.name for kept in ours.attachments.all()] == ["plan.txt"]


def test_nobody_known_is_nobody_to_send_to(inbox: Inbox, agent: User) -> None:
    nameless = verbs.receive(inbox, parse(b"\r\nHello"), at=datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(Refusal, match="Nobody to send this to"):
        verbs.reply(agent, nameless.conversation, Draft(text="Hello back"))


def test_an_answer_with_nobody_under_to_goes_to_nobody(
    conversation: Conversation, agent: User
) -> None:
    draft = Draft(text="Yes.", to=[], cc=[Address("bruno@faria.example")])
    with pytest.raises(Refusal, match="Nobody to send this to") as refusal:
        verbs.reply(agent, conversation, draft)
    assert refusal.value.code == "no-recipient"
    assert not Message.objects.filter(kind=Message.Kind.OUTBOUND).exists()


@pytest.mark.parametrize("write", [verbs.reply, verbs.note])
def test_the_same_key_is_the_same_message(
    conversation: Conversation, agent: User, team_mate: User, write
) -> None:
    first = write(agent, conversation, Draft(text="Once", key="k1"))
    assert write(agent, conversation, Draft(text="Once", key="k1")) == first
    assert write(team_mate, conversation, Draft(text="Once", key="k1")) != first


def test_a_note_stays_among_colleagues(conversation: Conversation, agent: User) -> None:
    note = verbs.note(agent, conversation, Draft(text="She is upset."))
    conversation.refresh_from_db()
    assert note.kind == Message.Kind.NOTE
    assert conversation.preview == "Where is my order?"
    assert conversation.waiting_since is not None


def test_a_conversation_may_begin_with_us(inbox: Inbox, customer: Contact, agent: User) -> None:
    begun = verbs.begin(inbox, customer, "Your repair plan")
    ours = verbs.reply(agent, begun, Draft(text="It ends in May."))
    assert ours.subject == "Your repair plan"
    assert [one["email"] for one in ours.to] == ["ines@duarte-joinery.example"]


def test_long_threads_keep_their_references_bounded(receive: Receive, agent: User) -> None:
    line = " ".join(f"<{n}@x.example>" for n in range(200))
    asked = receive(References=line)
    ours = verbs.reply(agent, asked.conversation, Draft(text="Yes."))
    assert ours.references[-1] == asked.message_id
    assert len(ours.references) <= 21


@pytest.mark.parametrize("state", ["failed", "bounced", "queued"])
def test_a_letter_that_has_not_arrived_is_sent_again_with_other_words(
    reply: Message, agent: User, state: str
) -> None:
    Message.objects.update(state=state, state_note="550 no")
    again = verbs.retry(agent, reply, text="It left on Tuesday.")
    assert (again.state, again.state_note) == (Message.State.QUEUED, "")
    assert "Tuesday" in again.text and "Tuesday" in again.html
    assert again.message_id == reply.message_id


def test_a_file_alone_is_something_to_send_again(conversation: Conversation, agent: User) -> None:
    file = ContentFile(b"a plan", name="plan.txt")
    ours = verbs.reply(agent, conversation, Draft(text="", files=[file]))
    Message.objects.update(state="bounced")
    again = verbs.retry(agent, ours, text="", to="new@duarte-joinery.example")
    assert [one["email"] for one in again.to] == ["new@duarte-joinery.example"]


@pytest.mark.parametrize(("text", "code"), [(" \r\n", "empty"), ("x" * 100_001, "too-long")])
def test_other_words_are_held_to_the_rules_of_the_first(
    reply: Message, agent: User, text: str, code: str
) -> None:
    Message.objects.update(state="failed")
    with pytest.raises(Refusal) as refusal:
        verbs.retry(agent, reply, text=text)
    assert refusal.value.code == code


def test_a_mended_address_takes_part(reply: Message, receive: Receive, agent: User) -> None:
    Message.objects.update(state="bounced")
    verbs.retry(agent, reply, to="new@duarte-joinery.example")
    sender = "Inês <new@duarte-joinery.example>"
    came = receive("Got it", sender=sender, reply_to_id=reply.message_id)
    assert came.conversation_id == reply.conversation_id


def test_all_recipients_of_a_letter_stay_with_their_names(
    conversation: Conversation, agent: User
) -> None:
    to = [Address("a@b.example", "Ana"), Address("c@d.example")]
    ours = verbs.reply(agent, conversation, Draft(text="Hi", to=to))
    Message.objects.filter(pk=ours.pk).update(state="failed")
    again = verbs.retry(agent, ours, to="a@b.example, c@d.example")
    assert again.to == [
        {"email": "a@b.example", "name": "Ana"},
        {"email": "c@d.example", "name": ""},
    ]


@pytest.mark.parametrize("to", ["", "nonsense", "a@b.example, nonsense"])
def test_an_unreadable_address_is_refused_on_sending_again(
    reply: Message, agent: User, to: str
) -> None:
    Message.objects.update(state="failed")
    with pytest.raises(Refusal):
        verbs.retry(agent, reply, to=to)
    reply.refresh_from_db()
    assert reply.state == "failed"


def test_what_has_left_is_not_sent_again(reply: Message, agent: User) -> None:
    verbs.sent(reply, "250 ok")
    with pytest.raises(Refusal, match="left already"):
        verbs.retry(agent, reply)


def test_a_conversation_goes_only_to_who_reaches_it(
    conversation: Conversation, agent: User, team_mate: User, stranger: User, admin: User
) -> None:
    with pytest.raises(Refusal, match="Jonas Weber is in no team"):
        verbs.assign(agent, conversation, stranger)
    for colleague in (team_mate, admin, None):
        assert verbs.assign(agent, conversation, colleague).assignee == colleague


def test_nobody_is_assigned_who_has_left(
    conversation: Conversation, agent: User, team_mate: User
) -> None:
    User.objects.filter(pk=team_mate.pk).update(is_active=False)
    with pytest.raises(Refusal):
        verbs.assign(agent, conversation, team_mate)


def test_closing_twice_is_closing_once(conversation: Conversation, agent: User) -> None:
    verbs.close(agent, conversation)
    verbs.close(agent, conversation)
    verbs.reopen(agent, conversation)
    verbs.reopen(agent, conversation)
    names = list(Event.objects.filter(by=agent).values_list("name", flat=True))
    assert names == ["conversation.closed", "conversation.reopened"]


def test_a_failed_letter_brings_its_conversation_up(reply: Message, agent: User) -> None:
    verbs.close(agent, reply.conversation)
    verbs.fail(reply, "550 no such user")
    conversation = Conversation.objects.get()
    assert conversation.is_open
    reply.refresh_from_db()
    assert (reply.state, reply.state_note) == ("failed", "550 no such user")


def test_only_leads_and_admins_delete(conversation: Conversation, agent: User, lead: User) -> None:
    with pytest.raises(Refusal, match="Only a lead"):
        verbs.delete(agent, conversation)
    verbs.delete(lead, conversation)
    assert not Conversation.objects.exists()
    assert Event.objects.filter(name="conversation.deleted").exists()


def test_files_go_with_their_conversation(
    conversation: Conversation, agent: User, lead: User, django_capture_on_commit_callbacks
) -> None:
    file = ContentFile(b"a plan", name="plan.txt")
    verbs.note(agent, conversation, Draft(text="See", files=[file]))
    kept = Attachment.objects.get().file
    assert kept.storage.exists(kept.name)
    with django_capture_on_commit_callbacks(execute=True):
        verbs.delete(lead, conversation)
    assert not kept.storage.exists(kept.name)


def test_joining_moves_words_people_and_sight(
    conversation: Conversation, receive: Receive, other_inbox: Inbox, admin: User, stranger: User
) -> None:
    other = receive("Mine too", sender="b@c.example", subject="Hm", box=other_inbox).conversation
    verbs.assign(admin, other, stranger)
    whole = verbs.join(admin, other, conversation)
    assert whole.messages.count() == 2
    assert Participant.objects.filter(conversation=whole).count() == 2
    assert (whole.preview, whole.assignee) == ("Mine too", stranger)
    assert list(Conversation.objects.of(stranger)) == [whole]
    later = receive("And more", sender="b@c.example", reply_to_id="letter-2@duarte-joinery.example")
    assert later.conversation_id == whole.pk


def test_a_conversation_is_not_joined_to_itself(conversation: Conversation, agent: User) -> None:
    with pytest.raises(Refusal):
        verbs.join(agent, conversation, conversation)


def test_a_hint_can_be_dismissed(conversation: Conversation, receive: Receive, agent: User) -> None:
    asked = conversation.messages.get()
    came = receive("Hm", sender="b@c.example", subject="Hm", reply_to_id=asked.message_id)
    apart = verbs.keep_apart(agent, came.conversation)
    assert apart.may_belong_to is None
    assert Conversation.objects.count() == 2


def test_a_raw_letter_read_again_keeps_its_place(
    conversation: Conversation, letter: Letter
) -> None:
    message = conversation.messages.get()
    verbs.correct(message, parse(letter("Where is my *other* order?")))
    message.refresh_from_db()
    assert message.text.strip() == "Where is my *other* order?"
    assert message.conversation_id == conversation.pk
