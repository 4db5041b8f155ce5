"""Every error is a problem document of RFC 9457."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from heard.accounts.models import User
from heard.api import conversations
from heard.api.problems import KINDS
from heard.api.tests.conftest import ROOT, Program
from heard.inbox.models import Conversation

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
HUGE = 10**30


def check(response: object, status: int, code: str) -> dict[str, object]:
    """The document, once it is one."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    document = response.json()
    assert (document["status"], document["code"]) == (status, code)
    assert document["detail"]
    return document


PROBLEMS = [
    ("get", "/nothing", 404, "not-found"),
    ("get", "/conversations/", 404, "not-found"),
    ("post", "/a/b/c", 404, "not-found"),
    ("get", "/conversations/abc", 404, "not-found"),
    ("get", "/conversations/99999", 404, "not-found"),
    ("get", f"/conversations/{HUGE}", 404, "not-found"),
    ("get", f"/messages/{HUGE}", 404, "not-found"),
    ("get", f"/contacts/{HUGE}", 404, "not-found"),
    ("get", f"/attachments/{HUGE}", 404, "not-found"),
    ("get", "/problems/unheard-of", 404, "not-found"),
    ("delete", "/me", 405, "method"),
    ("post", "/openapi.json", 405, "method"),
    ("post", "/docs", 405, "method"),
    ("options", "/conversations", 405, "method"),
    ("get", "/conversations?view=theirs", 422, "invalid"),
    ("get", "/conversations?inbox=x", 422, "invalid"),
    ("get", f"/conversations?inbox={HUGE}", 422, "invalid"),
    ("get", "/conversations?limit=0", 422, "invalid"),
    ("get", "/conversations?limit=101", 422, "invalid"),
    ("get", "/conversations?after=Zm9v", 400, "cursor"),
    ("get", "/contacts?after=%00", 400, "cursor"),
    ("get", "/inboxes?after=a:b:c", 400, "cursor"),
    ("get", "/inboxes?after=" + "a" * 501, 422, "invalid"),
]


def test_problems(program: Programs, agent: User) -> None:
    door = program(agent)
    for method, path, status, code in PROBLEMS:
        check(door.call(method, path), status, code)


def test_what_fits_is_said_beside_what_does_not(program: Programs, agent: User) -> None:
    assert program(agent).delete("/me").headers["Allow"] == "GET"
    closure = program(agent).put("/conversations/1/closure", {})
    assert closure.headers["Allow"] == "DELETE, POST"


def test_a_query_names_the_field_that_does_not_fit(program: Programs, agent: User) -> None:
    document = program(agent).get("/conversations?limit=many").json()
    assert document["errors"][0]["field"] == "limit"
    assert document["detail"] == "Check limit."


BODIES = {
    b"{": "malformed",
    b"\xff\xfe": "malformed",
    b"[" * 100_000: "malformed",
    b'{"text": ' + b"9" * 5000 + b"}": "malformed",
    b"": "invalid",
    b"[]": "invalid",
    b"null": "invalid",
    b'"text"': "invalid",
    b'{"text": "\\ud800"}': "invalid",
    b'{"text": "Hi", "to": [{"email": "a@b.example", "name": "\\udc00"}]}': "invalid",
}


def test_bodies_that_can_not_be_read(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    address = f"{ROOT}/conversations/{conversation.pk}/messages"
    client = program(agent).client
    for body, code in BODIES.items():
        refused = client.post(address, body, content_type="application/json")
        check(refused, 400 if code == "malformed" else 422, code)
    assert conversation.messages.count() == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type(
    program: Programs, agent: User, conversation: Conversation, kind: str
) -> None:
    address = f"{ROOT}/conversations/{conversation.pk}/messages"
    client = program(agent).client
    check(client.generic("POST", address, "text=Hi", content_type=kind), 415, "media-type")


def test_a_form_to_nowhere_is_nowhere(program: Programs, agent: User) -> None:
    client = program(agent).client
    check(client.post(f"{ROOT}/nowhere", {"a": "b"}), 404, "not-found")
    check(Client().post(f"{ROOT}/contacts", {"a": "b"}), 405, "method")
    check(Client().post(f"{ROOT}/conversations/1/messages", {"a": "b"}), 401, "token")


def test_a_body_that_is_too_large(
    program: Programs, agent: User, conversation: Conversation, settings: object
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    problem = program(agent).post(f"/conversations/{conversation.pk}/messages", {"text": "x" * 200})
    check(problem, 413, "too-large")


def test_what_nobody_foresaw_is_logged_and_tells_nothing(
    program: Programs,
    agent: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("the inner workings")

    monkeypatch.setattr(conversations.search, "search", fail)
    document = check(program(agent).get("/conversations"), 500, "unexpected")
    assert "inner" not in str(document)
    assert "the inner workings" in caplog.text


def test_each_type_leads_to_what_it_means() -> None:
    for name in KINDS:
        shown = Program().get(f"/problems/{name}").json()
        assert shown["name"] == name
        assert shown["says"]


def test_a_type_is_an_address_of_this_house(program: Programs, agent: User) -> None:
    address = program(agent).get("/nothing").json()["type"]
    path = "/" + address.split("/", 3)[3]
    assert Client().get(path).json()["status"] == 404
