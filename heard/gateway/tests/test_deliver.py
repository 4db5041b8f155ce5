"""A letter leaves by SMTP, comes back to it when the server was away, and says what was said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from django.core.files.base import ContentFile
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address, ChannelError
from heard.channels.tests.post import Post, open_post
from heard.conftest import Receive
from heard.gateway import relays, verbs, verp
from heard.gateway.models import Delivery, RelayLine
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def relay(post: Post, inbox: Inbox) -> Iterator[RelayLine]:
    """A mail server on the loopback, set as the inbox's relay."""
    with open_post(post) as port:
        yield RelayLine.objects.create(inbox=inbox, host="127.0.0.1", port=port, security="none")


@pytest.fixture
def ours(conversation: Conversation, agent: User) -> Message:
    Inbox.objects.update(signature="Larkfield Supply")
    conversation.refresh_from_db()
    draft = Draft(
        text="It left on **Monday**.",
        cc=[Address("bruno@faria.example", "Bruno")],
        files=[ContentFile(b"a plan", name="Plán.txt")],
    )
    return inbox_verbs.reply(agent, conversation, draft)


def taken(post: Post) -> EmailMessage:
    message = message_from_bytes(post.taken[-1].content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_letter_leaves_whole(post: Post, relay: RelayLine, ours: Message, inbox: Inbox) -> None:
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert (ours.state, ours.state_note) == (Message.State.SENT, post.data)
    letter = taken(post)
    assert post.taken[-1].mail_from == verp.return_path(inbox, ours)
    assert post.taken[-1].rcpt_tos == ["ines@duarte-joinery.example", "bruno@faria.example"]
    assert letter["Message-ID"] == f"<{ours.message_id}>"
    assert letter["In-Reply-To"] == letter["References"] == "<letter-1@duarte-joinery.example>"
    assert str(letter["From"]) == '"Tom Okafor (Support)" <support@larkfield.example>'
    assert letter["Cc"] == "Bruno <bruno@faria.example>"
    plain = letter.get_body(("plain",)).get_content()
    assert plain.startswith("It left on **Monday**.")
    assert "-- \nLarkfield Supply" in plain.replace("\r\n", "\n")
    assert "Inês Duarte wrote:" in plain and "> Where is my order?" in plain
    html = letter.get_body(("html",)).get_content()
    assert "<strong>Monday</strong>" in html and "<blockquote" in html
    (file,) = letter.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Plán.txt", b"a plan")


@pytest.mark.parametrize(
    "name",
    [
        "Rosa Klein",
        'Klein, "Rosa"',
        "Rosa \\ Klein",
        "Rösa Kleïn",
        "Rosa <jonas@stranger.example>",
        "Rosa, jonas@stranger.example",
        "=?utf-8?q?Rosa?=",
        "Rosa\r\nBcc: jonas@stranger.example",
    ],
)
def test_a_letter_is_addressed_to_the_person_by_name(
    post: Post, relay: RelayLine, receive: Receive, agent: User, name: str
) -> None:
    asked = receive(sender="rosa@klein.example")
    asked.author_name = name
    asked.save()
    draft = Draft(text="Yes.", to=[Address("rosa@klein.example")])
    verbs.deliver(inbox_verbs.reply(agent, asked.conversation, draft).pk)
    (to,) = taken(post)["To"].addresses
    assert (to.display_name, to.addr_spec) == (" ".join(name.split()), "rosa@klein.example")
    assert taken(post)["Bcc"] is None
    assert post.taken[-1].rcpt_tos == ["rosa@klein.example"]


def test_the_history_stays_away_where_the_inbox_says_so(
    post: Post, relay: RelayLine, conversation: Conversation, agent: User
) -> None:
    Inbox.objects.update(quote_history=False)
    ours = inbox_verbs.reply(agent, conversation, Draft(text="It left."))
    verbs.deliver(ours.pk)
    assert "Where is my order" not in post.taken[-1].content.decode()


@pytest.mark.parametrize("switch", [True, False])
def test_answers_come_to_a_tagged_address_where_the_inbox_wants_it(
    post: Post, relay: RelayLine, ours: Message, switch: bool
) -> None:
    Inbox.objects.update(tag_replies=switch)
    verbs.deliver(ours.pk)
    tagged = f"support+r-{ours.conversation.token}@larkfield.example"
    assert (tagged in str(taken(post)["Reply-To"])) == switch


def test_a_server_without_plus_addresses_gets_a_plain_return_path(
    post: Post, relay: RelayLine, ours: Message
) -> None:
    RelayLine.objects.update(tag_bounces=False)
    verbs.deliver(ours.pk)
    assert post.taken[-1].mail_from == "support@larkfield.example"


def test_a_letter_leaves_once(post: Post, relay: RelayLine, ours: Message) -> None:
    verbs.deliver(ours.pk)
    verbs.deliver(ours.pk)
    assert len(post.taken) == 1


def test_the_relay_s_page_knows_how_it_went(relay: RelayLine, ours: Message) -> None:
    verbs.deliver(ours.pk)
    relay.refresh_from_db()
    assert relay.last_success_at is not None and relay.is_well


def test_a_temporary_refusal_is_tried_again_with_growing_pauses(
    post: Post, relay: RelayLine, ours: Message
) -> None:
    post.data = "451 4.3.0 come back later"
    begun = now = ours.queued_at
    pauses = []
    for _ in range(400):
        with clock.at(now):
            verbs.deliver(ours.pk)
        ours.refresh_from_db()
        if ours.state != Message.State.QUEUED:
            break
        following = Delivery.objects.latest("pk").next_at
        pauses.append((following - now).total_seconds() / 60)
        now = following
    assert pauses[:7] == [1, 3, 10, 30, 60, 120, 240]
    assert set(pauses[7:]) == {240}
    assert timedelta(hours=43) < now - begun < timedelta(hours=48)
    assert ours.state == Message.State.FAILED
    assert "come back later" in ours.state_note


def test_a_pause_holds_up_no_other_letter(
    post: Post, relay: RelayLine, ours: Message, agent: User
) -> None:
    post.data = "451 4.3.0 come back later"
    verbs.deliver(ours.pk)
    job = ProcrastinateJob.objects.get(scheduled_at__isnull=False)
    assert (job.task_name, job.lock) == ("gateway.tasks.deliver_again", None)
    verbs.deliver_again(ours.pk)
    jobs = ProcrastinateJob.objects.filter(task_name="gateway.tasks.deliver")
    assert {j.lock for j in jobs} == {f"gateway.tasks.deliver:conversation:{ours.conversation_id}"}
    assert all(j.scheduled_at is None for j in jobs)


def test_the_page_of_unsent_letters_tells_the_last_try_and_the_next(
    post: Post, relay: RelayLine, ours: Message, agent: User, signed_in
) -> None:
    post.data = "451 4.3.0 come back later"
    for tries in ("1 try", "2 tries"):
        verbs.deliver(ours.pk)
        page = signed_in(agent).get("/queue").content.decode()
        assert tries in page
        assert f'datetime="{Delivery.objects.latest("pk").next_at.isoformat()}' in page


def test_a_postponed_letter_that_has_left_is_not_put_in_line(ours: Message) -> None:
    inbox_verbs.sent(ours, "250 ok")
    before = ProcrastinateJob.objects.count()
    verbs.deliver_again(ours.pk)
    assert ProcrastinateJob.objects.count() == before


def test_a_permanent_refusal_is_shown_with_the_server_s_words(
    post: Post, relay: RelayLine, ours: Message, agent: User, signed_in
) -> None:
    post.data = "554 5.7.1 We do not like your letter"
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.FAILED
    browser = signed_in(agent)
    for path in ("/queue", f"/conversations/{ours.conversation_id}"):
        page = browser.get(path).content.decode()
        assert "We do not like your letter" in page
        assert "Send again" in page


def test_a_failed_letter_is_sent_again_after_an_edit(
    post: Post, relay: RelayLine, ours: Message, agent: User, signed_in
) -> None:
    post.rcpt["ines"] = "550 5.1.1 no such user"
    post.rcpt["bruno"] = "550 5.1.1 no such user"
    verbs.deliver(ours.pk)
    form = {"to": "new@duarte-joinery.example", "text": "It left on Tuesday."}
    signed_in(agent).post(f"/messages/{ours.pk}/retry", form)
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.SENT
    assert "Tuesday" in post.taken[-1].content.decode()
    assert "bruno@faria.example: 550" in ours.state_note


def test_a_failed_letter_whose_to_was_emptied_does_not_leave(
    post: Post, relay: RelayLine, ours: Message, agent: User, signed_in
) -> None:
    post.rcpt["ines"] = post.rcpt["bruno"] = "550 5.1.1 no such user"
    verbs.deliver(ours.pk)
    form = {"to": "", "text": "It left on Tuesday."}
    answer = signed_in(agent).post(
        f"/messages/{ours.pk}/retry", form, headers={"HX-Request": "true"}
    )
    ours.refresh_from_db()
    assert (answer.status_code, ours.state) == (422, Message.State.FAILED)


def test_sending_again_begins_a_new_48_hours(
    post: Post, relay: RelayLine, ours: Message, agent: User
) -> None:
    post.data = "451 4.3.0 come back later"
    Message.objects.update(state="failed")
    with clock.at(ours.queued_at + timedelta(days=30)):
        inbox_verbs.retry(agent, ours)
        verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.QUEUED


def test_without_a_relay_the_letter_says_what_is_missing(ours: Message) -> None:
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.FAILED
    assert "No server to send through is set for the inbox Support" in ours.state_note


def test_a_server_that_is_not_there_is_a_matter_of_time(inbox: Inbox, ours: Message) -> None:
    RelayLine.objects.create(inbox=inbox, host="127.0.0.1", port=1, security="none")
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.QUEUED
    assert "could not be reached" in ours.state_note


def test_a_file_that_cannot_be_read_keeps_the_letter_waiting(
    relay: RelayLine, ours: Message
) -> None:
    ours.attachments.update(file="attachments/gone")
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert ours.state == Message.State.QUEUED
    assert "A file of this letter can't be read" in ours.state_note


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtp://mail.example", ("mail.example", 25, "none", "")),
        ("smtp+starttls://u%40x:p@mail.example:587", ("mail.example", 587, "starttls", "u@x")),
        ("smtps://mail.example", ("mail.example", 465, "tls", "")),
    ],
)
def test_the_house_s_relay_is_read_from_its_setting(url: str, found: tuple[object, ...]) -> None:
    relay = relays.parse(url)
    assert tuple(relay[key] for key in ("host", "port", "security", "username")) == found


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://a:port"])
def test_a_wrong_setting_is_said_in_words(url: str, ours: Message, monkeypatch) -> None:
    with pytest.raises(ChannelError, match="must look like"):
        relays.parse(url)
    monkeypatch.setenv("HEARD_RELAY", url)
    verbs.deliver(ours.pk)
    ours.refresh_from_db()
    assert "must look like" in ours.state_note
