"""Who comes in, and how far: each operation, each person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from heard.accounts.models import ApiToken, Team, User
from heard.accounts.tokens import issue_token, revoke_token
from heard.api import pace
from heard.api.openapi import document
from heard.api.tests.conftest import ROOT, Program
from heard.automation.steps import Step
from heard.automation.verbs import Plan, Words, keep_macro, keep_reply
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Attachment, Conversation, Inbox
from heard.inbox.moments import Leaving
from heard.inbox.verbs import drafts

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]

OPERATIONS = [
    (method, address.removeprefix(ROOT))
    for address, operations in document()["paths"].items()
    for method, operation in operations.items()
    if operation.get("security")
]
# The body each writing call would take, so that only access decides.
BODIES = {
    "closure": None,
    "absence": {},
    "assignment": {"user": None},
    "following": None,
    "reading": None,
    "messages": {"text": "Hello."},
    "advice": {"text": "Hello."},
    "contacts": {"name": "Inês"},
    "snooze": {"until": None},
    "tags": {"name": "late"},
    "links": {},
    "drafts": {"text": "Hello."},
    "continuation": None,
    "leaving": {"text": "Hello again."},
    "departure": None,
}
# Refused to whoever is no lead, with a sentence.
FOR_LEADS = ("/tags/{id}", "/rules")
ALL = "everyone"
DONE = (200, 201, 204)


@pytest.fixture
def places(conversation: Conversation, receive: Receive, lead: User) -> dict[str, int]:
    """The ids of one thing of each kind, all in Support."""
    message = conversation.messages.get()
    zoe = User.objects.create_user("zoe@larkfield.example", name="Zoe Adler")
    file = Attachment.objects.create(
        message=message, name="a", content_type="text/plain", size=1, file=ContentFile(b"a", "a")
    )
    return {
        "conversations": conversation.pk,
        "contacts": conversation.contact_id,
        "messages": message.pk,
        "attachments": file.pk,
        "tags": verbs.make_tag(None, "late").pk,
        "macros": keep_macro(lead, Plan(name="Done", steps=[Step("close")], whose=ALL)).pk,
        "saved-replies": keep_reply(lead, Words(name="Hello", text="Hello", whose=ALL)).pk,
        "drafts": drafts.keep(zoe, conversation, "reply", drafts.Words(text="Hello")).pk,
        "leaving": _waiting(zoe, conversation),
        "departure": _waiting(zoe, conversation),
        "others": receive("Another matter", subject="Another matter").conversation_id,
    }


def _waiting(by: User, conversation: Conversation) -> int:
    leaves = Leaving(at=timezone.now() + timedelta(days=1))
    return verbs.reply(by, conversation, verbs.Draft(text="Later.", leaves=leaves)).pk


def statuses(
    door: Program, places: dict[str, int], wanted: Callable[[str], bool] = bool
) -> dict[tuple[str, str], int]:
    """The status of each operation on the things of Support, one after the other."""
    return {
        (method, address): _call(door, method, address, places)
        for method, address in OPERATIONS
        if wanted(address)
    }


def _call(door: Program, method: str, address: str, places: dict[str, int]) -> int:
    of = address.rpartition("/")[2]
    things = {**places, "messages": places[of]} if of in ("leaving", "departure") else places
    named = address.replace("{kind}", "reply")
    path = re.sub(r"([a-z-]+)/{\w+}", lambda one: f"{one[1]}/{things.get(one[1])}", named)
    words = [word for word in reversed(path.split("/")) if word in BODIES]
    body = BODIES[words[0]] if words and method not in ("get", "delete") else None
    if (method, address) == ("post", "/conversations/{id}/handover"):
        body = {"team": Team.objects.get(name="Support").pk, "words": "Over to you."}
    if address == "/conversations/{id}/tags":
        body = {"add": ["new"], "remove": ["new"]}
    # Merged, and taken out again.
    if address.endswith("/join"):
        body = {"into": places["others"]}
    if address.endswith("/split"):
        body = {"part": places["conversations"]}
    answer = door.call(method, path, body)
    if answer.streaming:
        # Django's test client closes the file once it has been read.
        assert b"".join(answer.streaming_content)
    return answer.status_code


def of_one_thing(address: str) -> bool:
    return "{id}" in address and address not in FOR_LEADS


def keeps_nothing(method: str, address: str) -> bool:
    return method == "get" or address.endswith("/advice")


def test_without_a_token_nothing_opens(places: dict[str, int]) -> None:
    assert set(statuses(Program(), places).values()) == {401}


def test_a_browsers_session_opens_nothing(agent: User, places: dict[str, int]) -> None:
    door = Program()
    door.client.force_login(agent)
    assert set(statuses(door, places).values()) == {401}


def test_a_stranger_finds_nothing(
    program: Programs, stranger: User, places: dict[str, int]
) -> None:
    assert set(statuses(program(stranger), places, of_one_thing).values()) == {404}


@pytest.mark.parametrize("person", ["agent", "team_mate", "lead", "admin"])
def test_everybody_of_the_team_and_the_admin_come_in(
    request: pytest.FixtureRequest, program: Programs, places: dict[str, int], person: str
) -> None:
    answered = statuses(program(request.getfixturevalue(person)), places)
    refused = {one[1]: status for one, status in answered.items() if status not in DONE}
    leads_only = dict.fromkeys(FOR_LEADS, 422)
    assert refused == (leads_only if person in ("agent", "team_mate") else {})


def test_a_token_that_reads_changes_nothing(
    program: Programs, agent: User, places: dict[str, int]
) -> None:
    answered = statuses(program(agent, "read"), places)
    rules = ("get", "/rules")
    expected = {one: 200 if keeps_nothing(*one) else 403 for one in answered}
    assert answered == {**expected, rules: 422}


def test_lists_end_at_the_teams_border(
    program: Programs, stranger: User, agent: User, conversation: Conversation, other_inbox: Inbox
) -> None:
    assert program(stranger).get("/conversations").json()["items"] == []
    (shown,) = program(stranger).get("/inboxes").json()["items"]
    assert shown["address"] == "accounts@larkfield.example"
    (shown,) = program(agent).get("/inboxes").json()["items"]
    assert (shown["name"], shown["teams"][0]["name"]) == ("Support", "Support")


def test_whose_token_it_is(program: Programs, agent: User) -> None:
    me = program(agent, "read").get("/me").json()
    assert (me["name"], me["role"]) == ("Tom Okafor", "agent")
    assert me["token"]["scopes"] == ["read"]


def test_tokens_that_open_nothing(agent: User) -> None:
    expired, old = issue_token(agent, "old", ["write"], 30)
    ApiToken.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(days=1))
    revoked, gone = issue_token(agent, "gone", ["write"], 30)
    revoke_token(revoked, by=agent)
    for text in (old, gone, "hrd_guess", "x" * 5000, "ä"):
        refused = Program(text).get("/me")
        assert refused.status_code == 401
        assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["", "Basic c2FtOnNhbQ==", "Bearer", "Bearer ", "hrd_x"])
def test_other_words_in_the_header(header: str, db: None) -> None:
    refused = Client(headers={"Authorization": header}).get(f"{ROOT}/me")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_calls_too_often_waits(
    program: Programs, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", 2)
    monkeypatch.setattr(pace.time, "time", Clock(1_000_000_050))
    door, other = program(agent), program(agent)
    assert [door.get("/me").status_code for _call in range(3)] == [200, 200, 429]
    slow = door.get("/me")
    assert re.fullmatch(r"[1-9]\d?", slow.headers["Retry-After"])
    assert other.get("/me").status_code == 200
    Clock.at += int(slow.headers["Retry-After"])
    assert door.get("/me").status_code == 200


class Clock:
    """time.time() that stands still until it is moved."""

    at = 0

    def __init__(self, at: int) -> None:
        Clock.at = at

    def __call__(self) -> float:
        return float(Clock.at)
