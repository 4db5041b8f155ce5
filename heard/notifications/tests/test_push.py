"""Push: sealed for one browser, without the customer's words, and never into our own house."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import http_ece
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import outgoing
from heard.accounts.models import User
from heard.channels.tests.conftest import certificate, server_context
from heard.inbox import verbs
from heard.inbox.models import Conversation
from heard.inbox.verbs import Draft
from heard.notifications import push, tasks
from heard.notifications.models import Notification, Subscription
from heard.notifications.verbs import prefer, read_in
from heard.refusal import Refusal

__all__ = ["certificate"]  # the fixture of the channels' tests

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
SECRET = bytes(range(16))


def spelled(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode()


class Browser:
    """A browser with its keys, and the push service that stands before it."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.answers, self.came = 201, []
        self.body = b""
        self.location = ""

    @property
    def keys(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": spelled(point), "auth": spelled(SECRET)}

    def read(self) -> list[dict[str, str]]:
        """What was pushed, unsealed."""
        return [
            json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=SECRET))
            for _headers, body in self.came
        ]


def doorkeeper(browser: Browser) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            browser.came.append((headers, body))
            self.send_response(browser.answers)
            if browser.location:
                self.send_header("Location", browser.location)
            self.send_header("Content-Length", str(len(browser.body)))
            self.end_headers()
            self.wfile.write(browser.body)

        def log_message(self, *_args: Any) -> None:
            pass

    return Door


@pytest.fixture
def browser(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Priya's browser; its push service stands on this machine, which the guard lets pass."""
    one = Browser()
    server = ThreadingHTTPServer(("127.0.0.1", 0), doorkeeper(one))
    server.socket = server_context(certificate).wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    one.endpoint = f"https://localhost:{server.server_port}/push/abc"

    def session() -> requests.Session:
        made = outgoing.session(allowed=lambda address: address.is_loopback)
        made.verify = str(certificate)
        return made

    monkeypatch.setattr(push, "session", session)
    yield one
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def subscription(browser: Browser, team_mate: User) -> Subscription:
    """Priya lets her browser be pushed to."""
    return Subscription.objects.create(user=team_mate, endpoint=browser.endpoint, **browser.keys)


def mention(agent: User, conversation: Conversation) -> list[int]:
    """Tom calls Priya in; the pushes that follow, by their notification."""
    verbs.note(agent, conversation, Draft(text="@Priya Raman, her saw is broken"))
    for job in ProcrastinateJob.objects.filter(task_name="notifications.tasks.note"):
        tasks.note(**job.args)
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.tasks.push")
    return [job.args["notification"] for job in jobs]


def test_a_push_is_sealed_signed_and_says_nothing_of_the_customers(
    agent: User, conversation: Conversation, browser: Browser, subscription: Subscription
) -> None:
    (pk,) = mention(agent, conversation)
    push.push(pk)
    (said,) = browser.read()
    note = conversation.messages.last()
    assert said == {
        "title": "Tom Okafor mentions you",
        "body": "",
        "url": f"/conversations/{conversation.pk}#message-{note.pk}",
        "tag": f"conversation-{conversation.pk}",
    }
    headers, body = browser.came[0]
    assert headers["authorization"].startswith("vapid t=")
    assert f"k={push.public_key()}" in headers["authorization"]
    assert b"saw" not in body


def test_with_its_words_when_the_person_wants_them(
    agent: User,
    team_mate: User,
    conversation: Conversation,
    browser: Browser,
    subscription: Subscription,
) -> None:
    prefer(team_mate, digest="off", push_words=True, app=[], mail=[], push=["mention"])
    push.push(*mention(agent, conversation))
    assert browser.read()[0]["body"] == "@Priya Raman, her saw is broken"


def test_the_customers_name_is_one_of_the_words(conversation: Conversation, agent: User) -> None:
    one = Notification(
        user=agent, kind="letter", event="message.received", conversation=conversation
    )
    assert push.payload_of(one, words=False)["title"] == "A customer has written"
    assert push.payload_of(one, words=True)["title"] == "Inês Duarte has written"


def test_without_a_browser_there_is_no_job(
    agent: User, team_mate: User, conversation: Conversation
) -> None:
    assert mention(agent, conversation) == []


def test_what_was_read_meanwhile_is_not_pushed(
    agent: User,
    team_mate: User,
    conversation: Conversation,
    browser: Browser,
    subscription: Subscription,
) -> None:
    (pk,) = mention(agent, conversation)
    read_in(team_mate, conversation)
    push.push(pk)
    assert browser.came == []


@pytest.mark.parametrize("answer", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    agent: User,
    conversation: Conversation,
    browser: Browser,
    subscription: Subscription,
    answer: int,
) -> None:
    browser.answers = answer
    push.push(*mention(agent, conversation))
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("answer", [429, 500, 503])
def test_whoever_can_not_take_it_now_is_asked_again(
    agent: User,
    conversation: Conversation,
    browser: Browser,
    subscription: Subscription,
    answer: int,
) -> None:
    (pk,) = mention(agent, conversation)
    browser.answers = answer
    with pytest.raises(requests.RequestException):
        push.push(pk)
    subscription.refresh_from_db()
    assert str(answer) in subscription.last_error
    browser.answers = 201
    push.push(pk)
    subscription.refresh_from_db()
    assert subscription.last_error == ""


def test_an_endless_answer_is_not_read_to_its_end(
    agent: User, conversation: Conversation, browser: Browser, subscription: Subscription
) -> None:
    browser.body = b"x" * (outgoing.MOST_BYTES + 1)
    push.push(*mention(agent, conversation))
    subscription.refresh_from_db()
    assert "too long" in subscription.last_error


def test_no_redirect_is_followed(
    agent: User, conversation: Conversation, browser: Browser, subscription: Subscription
) -> None:
    browser.answers, browser.location = 307, browser.endpoint
    (pk,) = mention(agent, conversation)
    with pytest.raises(requests.TooManyRedirects):
        push.push(pk)
    assert len(browser.came) == 1


def test_the_real_guard_calls_nothing_on_this_machine(
    agent: User,
    conversation: Conversation,
    browser: Browser,
    subscription: Subscription,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(push, "session", outgoing.session)
    push.push(*mention(agent, conversation))
    assert browser.came == []
    subscription.refresh_from_db()
    assert "private network" in subscription.last_error


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.4.4", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_addresses_inside_are_never_called(address: str) -> None:
    assert not outgoing.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:220:1::1", "64:ff9b::5db8:d70e"])
def test_addresses_of_the_world_are(address: str) -> None:
    assert outgoing.is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://updates.push.example/abc",
        "https://user:word@127.0.0.1/",
        "https://localhost/push",
        "https://127.0.0.1:8443/push",
        "https://[::1]/push",
        "https://2130706433/push",
        "file:///etc/passwd",
        "//updates.push.example",
        "",
    ],
)
def test_a_browser_with_such_an_address_is_refused(
    signed_in: SignedIn, agent: User, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"endpoint": url, **Browser().keys, "browser": "Firefox on Linux"}
    page = signed_in(agent).post("/settings/notifications/browsers/", said, follow=True)
    assert "can&#39;t be pushed to" in page.content.decode()
    assert not Subscription.objects.exists()


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name leads somewhere in the world."""

    def found(_host: str, port: int, **_named: Any) -> list[Any]:
        return [(2, 1, 6, "", ("93.184.215.14", port))]

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", found)


@pytest.mark.usefixtures("public")
def test_a_browser_is_added_tried_and_removed(signed_in: SignedIn, agent: User) -> None:
    page = signed_in(agent)
    said = {"endpoint": "https://push.example/abc", **Browser().keys, "browser": "Firefox on Linux"}
    for _twice in range(2):
        page.post("/settings/notifications/browsers/", said)
    kept = Subscription.objects.get()
    shown = page.get("/settings/notifications/").content.decode()
    assert "Firefox on Linux" in shown
    assert f'data-key="{push.public_key()}"' in shown
    page.post(f"/settings/notifications/browsers/{kept.pk}/delete/")
    assert not Subscription.objects.exists()


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("wrong", [{"p256dh": "abc"}, {"auth": "abc"}, {"p256dh": "é"}])
def test_keys_that_are_none_are_refused(agent: User, wrong: dict[str, str]) -> None:
    said = {"endpoint": "https://push.example/abc", **Browser().keys, "browser": "", **wrong}
    with pytest.raises(Refusal):
        push.subscribe(agent, **said)


def test_nobody_touches_another_persons_browser(
    signed_in: SignedIn, agent: User, subscription: Subscription
) -> None:
    for act in ("try", "delete"):
        address = f"/settings/notifications/browsers/{subscription.pk}/{act}/"
        assert signed_in(agent).post(address).status_code == 404


def test_trying_it_out_says_how_it_went(
    signed_in: SignedIn, team_mate: User, browser: Browser, subscription: Subscription
) -> None:
    address = f"/settings/notifications/browsers/{subscription.pk}/try/"
    page = signed_in(team_mate).post(address, follow=True).content.decode()
    assert "It shows in that browser in a moment." in page
    assert browser.read()[0]["title"] == "It works"
    browser.answers = 500
    page = signed_in(team_mate).post(address, follow=True).content.decode()
    assert "That did not work: The push service answered 500." in page


def test_the_worker_may_serve_the_whole_house(client: Client, agent: User) -> None:
    answer = client.get("/push-worker.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "showNotification" in answer.content.decode()


def test_our_key_stays_the_same_as_long_as_the_secret_does(settings: Any) -> None:
    push.signing_key.cache_clear()
    before = push.public_key()
    push.signing_key.cache_clear()
    assert push.public_key() == before
    push.signing_key.cache_clear()
    settings.SECRET_KEY = "another"
    assert push.public_key() != before
    push.signing_key.cache_clear()
