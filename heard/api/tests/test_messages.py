"""Reading and writing messages as a program."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.db import IntegrityError

from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.channels.email import parse
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox, Message

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


@pytest.fixture
def address(conversation: Conversation) -> str:
    return f"/conversations/{conversation.pk}/messages"


def test_a_thread_in_order(program: Programs, agent: User, address: str) -> None:
    door = program(agent)
    door.post(address, {"text": "On its way."})
    door.post(address, {"kind": "note", "text": "Ask the depot."})
    items = door.get(address).json()["items"]
    assert [item["kind"] for item in items] == ["inbound", "outbound", "note"]
    assert items[0]["author"]["contact_id"]
    assert items[1]["author"]["user_id"] == agent.pk
    assert "html" not in items[0]


def test_a_reply_leaves_for_whoever_wrote_last(
    program: Programs, agent: User, address: str
) -> None:
    door = program(agent)
    written = door.post(address, {"text": "It left **today**."})
    assert written.status_code == 201
    message = written.json()
    assert message["state"] == "queued"
    assert message["to"] == [{"email": "ines@duarte-joinery.example", "name": "Inês Duarte"}]
    assert "<strong>today</strong>" in message["html"]
    again = door.get(written.headers["Location"].removeprefix("/api/v1"))
    assert again.json() == message


def test_no_to_at_all_means_whoever_wrote_last(
    program: Programs, agent: User, address: str
) -> None:
    message = program(agent).post(address, {"text": "Hi", "to": None}).json()
    assert [each["email"] for each in message["to"]] == ["ines@duarte-joinery.example"]


def test_a_note_stays_among_us(program: Programs, agent: User, address: str) -> None:
    note = program(agent).post(address, {"kind": "note", "text": "Careful."}).json()
    assert (note["kind"], note["to"], note["state"]) == ("note", [], "received")


def test_who_gets_it_and_whether_it_quotes_can_be_said(
    program: Programs, agent: User, address: str
) -> None:
    body = {
        "text": "Here it is.",
        "to": [{"email": "desk@duarte-joinery.example"}],
        "cc": [{"email": "ana@duarte-joinery.example", "name": "Ana"}],
        "bcc": [{"email": "log@larkfield.example"}],
        "quote": False,
    }
    message = program(agent).post(address, body).json()
    for field in ("to", "cc", "bcc"):
        assert [each["email"] for each in message[field]] == [each["email"] for each in body[field]]
    assert message["quoted"] == ""


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"text": "  \r\n "}, "empty", "text"),
        ({"text": "Hi", "to": []}, "no-recipient", "to"),
        ({"text": "Hi", "to": [], "cc": [{"email": "x@y.example"}]}, "no-recipient", "to"),
        ({"text": "Hi", "to": [{"email": "nobody"}]}, "address", "to"),
        ({"text": "Hi", "to": [{"email": "a@b.example\r\nBcc: x@y.example"}]}, "address", "to"),
        ({}, "invalid", "text"),
        ({"text": None}, "invalid", "text"),
        ({"text": "x" * 100_001}, "invalid", "text"),
        ({"text": "Hi", "kind": "sms"}, "invalid", "kind"),
        ({"text": "Hi", "cc": [{"mail": "x@y.example"}]}, "invalid", "cc.0.email"),
        ({"text": "Hi", "subject": "New"}, "invalid", "subject"),
        ({"kind": "note", "text": "Hi", "to": [{"email": "x@y.example"}]}, "invalid", ""),
        ({"text": "x" * 500_001}, "invalid", "text"),
    ],
)
def test_what_can_not_be_sent(
    program: Programs, agent: User, address: str, body: dict[str, object], code: str, field: str
) -> None:
    refused = program(agent).post(address, body)
    assert refused.status_code == 422
    assert refused.json()["code"] == code
    assert field in [error["field"] for error in refused.json()["errors"]]
    assert Message.objects.count() == 1


@pytest.mark.parametrize("kind", ["reply", "note"])
@pytest.mark.parametrize("text", ["Sent.", "  Sent\r\n\r\nTom \n", "\0Se\0nt", "٢ – 😀"])
def test_a_key_makes_one_message_of_many_calls(
    program: Programs, agent: User, address: str, kind: str, text: str
) -> None:
    door, body = program(agent), {"kind": kind, "text": text}
    answers = [door.post(address, body, Idempotency_Key="k-1") for _again in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Message.objects.count() == 2


def test_a_key_makes_one_message_though_we_know_the_name(
    program: Programs, agent: User, address: str
) -> None:
    body = {"text": "Sent.", "to": [{"email": "ines@duarte-joinery.example"}]}
    answers = [program(agent).post(address, body, Idempotency_Key="k-1") for _again in range(2)]
    assert [answer.status_code for answer in answers] == [201] * 2
    assert answers[0].json()["to"][0]["name"] == "Inês Duarte"
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Not sent."},
        {"text": "Sent.", "kind": "note"},
        {"text": "Sent.", "to": [{"email": "ana@duarte-joinery.example"}]},
        {"text": "Sent.", "cc": [{"email": "ana@duarte-joinery.example"}]},
        {"text": "Sent.", "bcc": [{"email": "ana@duarte-joinery.example"}]},
    ],
)
def test_a_key_stands_for_one_message_only(
    program: Programs, agent: User, address: str, other: dict[str, object]
) -> None:
    door = program(agent)
    door.post(address, {"text": "Sent."}, Idempotency_Key="k-1")
    refused = door.post(address, other, Idempotency_Key="k-1")
    assert refused.status_code == 422
    assert refused.json()["code"] == "key-reused"
    assert Message.objects.count() == 2


def test_a_key_does_not_reach_into_another_conversation(
    program: Programs, agent: User, address: str, receive: Receive
) -> None:
    door = program(agent)
    other = receive(subject="Another matter").conversation
    door.post(address, {"text": "Sent."}, Idempotency_Key="k-1")
    refused = door.post(
        f"/conversations/{other.pk}/messages", {"text": "Sent."}, Idempotency_Key="k-1"
    )
    assert refused.json()["code"] == "key-reused"
    assert other.messages.count() == 1


@pytest.mark.parametrize(("constraint", "status"), [("message_once", 422), ("other", 500)])
def test_one_key_at_one_moment_in_two_conversations(
    program: Programs,
    agent: User,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    constraint: str,
    status: int,
) -> None:
    def lose(*_args: object) -> None:
        raise IntegrityError(f'duplicate key value violates unique constraint "{constraint}"')

    monkeypatch.setattr(verbs, "reply", lose)
    refused = program(agent).post(address, {"text": "Sent."}, Idempotency_Key="k-1")
    assert refused.status_code == status


def test_keys_of_two_people_do_not_meet(
    program: Programs, agent: User, team_mate: User, address: str
) -> None:
    first = program(agent).post(address, {"text": "Sent."}, Idempotency_Key="k-1")
    second = program(team_mate).post(address, {"text": "Sent too."}, Idempotency_Key="k-1")
    assert first.json()["id"] != second.json()["id"]


@pytest.mark.parametrize("key", ["a b", "x" * 121, "ä"])
def test_a_key_that_can_not_be_kept(program: Programs, agent: User, address: str, key: str) -> None:
    refused = program(agent).post(address, {"text": "Sent."}, Idempotency_Key=key)
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"


@pytest.fixture
def picture(inbox: Inbox) -> Message:
    """A letter with a page that calls itself a picture's companion."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "ines@duarte-joinery.example", "support@larkfield.example"
    mail.set_content("Look.")
    mail.add_attachment(b"<script>1</script>", maintype="text", subtype="html", filename="a.html")
    return verbs.receive(inbox, parse(mail.as_bytes()), at=inbox.created_at)


def test_files_come_as_downloads(
    program: Programs, agent: User, stranger: User, picture: Message
) -> None:
    (file,) = program(agent).get(f"/messages/{picture.pk}").json()["attachments"]
    assert (file["name"], file["size"]) == ("a.html", 18)
    address = file["url"].removeprefix("/api/v1")
    handed = program(agent).get(address)
    assert b"".join(handed.streaming_content) == b"<script>1</script>"
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert program(stranger).get(address).status_code == 404
