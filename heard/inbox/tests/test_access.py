"""Everything is reached through the person: a stranger is told that there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from heard.accounts.models import User
from heard.conftest import Receive
from heard.gateway.models import Envelope
from heard.inbox import verbs
from heard.inbox.models import Attachment, Conversation, Inbox, Message
from heard.inbox.verbs import Draft
from heard.live import tickets

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
PAGES = [
    "/conversations/{one}",
    "/conversations/{one}/head",
    "/conversations/{one}/thread",
    "/conversations/{one}/memory",
    "/messages/{asked}/original",
    "/messages/{asked}/source",
    "/attachments/{file}",
]
ACTS = [
    ("/conversations/{one}/messages", {"kind": "reply", "text": "It left."}),
    ("/conversations/{one}/messages", {"kind": "note", "text": "Hm."}),
    ("/conversations/{one}/closure", {}),
    ("/conversations/{one}/closure/delete", {}),
    ("/conversations/{one}/assignment", {"user": ""}),
    ("/conversations/{one}/join", {}),
    ("/conversations/{one}/join/delete", {}),
    ("/conversations/{one}/deletion", {}),
    ("/conversations/{one}/advice", {"text": "Calm down."}),
    ("/messages/{ours}/retry", {"text": "Again"}),
]
EVERYWHERE = ["/inbox", "/inbox/list", "/attention", "/queue", "/live/ticket"]


@pytest.fixture
def at(receive: Receive, agent: User) -> Callable[[str], str]:
    """A path with the ids of a conversation, its letters, their file filled in."""
    asked = receive()
    belongs = receive("Hm", sender="b@c.example", subject="Hm", reply_to_id=asked.message_id)
    conversation = belongs.conversation
    ours = verbs.reply(agent, conversation, Draft(text="Yes."))
    verbs.fail(ours, "550 no")
    file = Attachment.objects.create(
        message=belongs, name="plan.txt", content_type="text/plain", size=1, file="attachments/x"
    )
    file.file.storage.save("attachments/x", ContentFile(b"x"))
    envelope_for(belongs)
    ids = {"one": conversation.pk, "asked": belongs.pk, "ours": ours.pk, "file": file.pk}

    def fill(path: str) -> str:
        return path.format(**ids)

    return fill


def envelope_for(message: Message) -> None:
    Envelope.objects.create(
        inbox=message.conversation.inbox,
        digest=message.digest,
        raw=b"raw",
        source="smtp",
        received_at=message.at,
        state="opened",
        message=message,
    )


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_the_team(
    at, signed_in: SignedIn, agent: User, team_mate: User, admin: User, stranger: User, path: str
) -> None:
    for user in (agent, team_mate, admin):
        answer = signed_in(user).get(at(path))
        assert answer.status_code == 200
        for close in answer._resource_closers:
            close()
    assert signed_in(stranger).get(at(path)).status_code == 404


@pytest.mark.parametrize(("path", "form"), ACTS)
def test_acts_are_for_the_team(
    at, signed_in: SignedIn, agent: User, stranger: User, path: str, form: dict[str, str]
) -> None:
    before = list(Message.objects.values()), list(Conversation.objects.values())
    assert signed_in(stranger).post(at(path), form).status_code == 404
    assert (list(Message.objects.values()), list(Conversation.objects.values())) == before
    assert signed_in(agent).post(at(path), form).status_code in {200, 302}


def test_signed_out_means_sign_in(at, client: Client) -> None:
    for path in (*EVERYWHERE, *PAGES):
        answer = client.get(at(path))
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/account/login/"), path


def test_signed_out_nothing_is_done(at, client: Client) -> None:
    count = Message.objects.count()
    for path, form in ACTS:
        assert client.post(at(path), form)["Location"].startswith("/account/login/"), path
    assert Message.objects.count() == count


def test_looking_changes_nothing(at, signed_in: SignedIn, agent: User) -> None:
    browser = signed_in(agent)
    for path, form in ACTS:
        assert browser.get(at(path), form).status_code == 405, path


def test_pages_take_no_post(at, signed_in: SignedIn, agent: User) -> None:
    browser = signed_in(agent)
    for path in (*EVERYWHERE, *PAGES):
        assert browser.post(at(path)).status_code == 405, path


def test_another_site_s_form_does_nothing(at, agent: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)
    for path, form in ACTS:
        assert strict.post(at(path), form).status_code == 403, path


@pytest.mark.parametrize("path", ["/conversations/99999999999999999999", "/attachments/0"])
def test_numbers_that_name_nothing_are_not_found(
    signed_in: SignedIn, agent: User, path: str
) -> None:
    assert signed_in(agent).get(path).status_code == 404


@pytest.mark.parametrize("chosen", ["99999999999999999999", "0", "x", "-1", "1; drop"])
def test_a_colleague_who_does_not_exist_gets_nothing(
    conversation: Conversation, signed_in: SignedIn, agent: User, chosen: str
) -> None:
    path = f"/conversations/{conversation.pk}/assignment"
    assert signed_in(agent).post(path, {"user": chosen}).status_code in {302, 404}
    conversation.refresh_from_db()
    assert conversation.assignee is None


def test_a_hint_tells_a_stranger_nothing_of_the_other_conversation(
    receive: Receive, other_inbox: Inbox, signed_in: SignedIn, agent: User, admin: User
) -> None:
    secret = receive("Fire them", subject="Secret plan", sender="x@y.example", box=other_inbox)
    asked = receive("I saw your letters", reply_to_id=secret.message_id)
    path = f"/conversations/{asked.conversation_id}"
    assert asked.conversation.may_belong_to == secret.conversation
    assert "Secret plan" not in signed_in(agent).get(path).content.decode()
    assert "Secret plan" in signed_in(admin).get(path).content.decode()
    assert signed_in(agent).post(f"{path}/join").status_code == 404


def test_other_teams_letters_of_a_customer_stay_with_them(
    receive: Receive, other_inbox: Inbox, signed_in: SignedIn, agent: User
) -> None:
    here = receive("Hello", subject="Here").conversation
    receive("Hello", subject="Unpaid invoice", box=other_inbox)
    page = signed_in(agent).get(f"/conversations/{here.pk}").content.decode()
    assert "Unpaid invoice" not in page


def test_a_ticket_hears_the_person_and_their_inboxes_alone(
    signed_in: SignedIn, agent: User, stranger: User, inbox: Inbox, other_inbox: Inbox
) -> None:
    for user, heard in ((agent, inbox), (stranger, other_inbox)):
        url = signed_in(user).get("/live/ticket").json()["url"]
        topics = tickets.read(url.partition("ticket=")[2].replace("%3A", ":"))
        assert topics == {heard.topic, heard.presence_topic, user.topic}


def test_who_leaves_the_team_reaches_nothing(
    conversation: Conversation, signed_in: SignedIn, agent: User
) -> None:
    browser = signed_in(agent)
    agent.teams.clear()
    assert browser.get(f"/conversations/{conversation.pk}").status_code == 404


@pytest.mark.parametrize("to", ["", " ", ", ;"])
def test_an_emptied_to_sends_nothing(
    conversation: Conversation, signed_in: SignedIn, agent: User, to: str
) -> None:
    path = f"/conversations/{conversation.pk}/messages"
    form = {"kind": "reply", "text": "Hi", "to": to, "cc": "bruno@faria.example"}
    answer = signed_in(agent).post(path, form, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "Nobody to send this to" in answer.content.decode()
    assert conversation.messages.count() == 1


def test_a_refusal_is_said_beside_the_form(
    conversation: Conversation, signed_in: SignedIn, agent: User
) -> None:
    path = f"/conversations/{conversation.pk}/messages"
    form = {"kind": "reply", "text": "Hi", "to": "nonsense"}
    answer = signed_in(agent).post(path, form, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "can't be read" in answer.content.decode()
    again = signed_in(agent).post(path, form, follow=True, headers={"Referer": "/inbox"})
    assert "can&#39;t be read" in again.content.decode()
