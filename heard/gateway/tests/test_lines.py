"""Admins set up inboxes and the servers behind them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from heard.accounts.models import Team, User
from heard.channels.contract import ChannelError
from heard.channels.email import mailbox, relay
from heard.events.models import Event
from heard.gateway.models import MailboxLine, RelayLine
from heard.inbox.models import Inbox

pytestmark = pytest.mark.django_db

RETURNS = {"name": "Returns", "address": "Returns@Larkfield.example", "analyse": "on"}
RELAY = {
    "relay-host": "smtp.larkfield.example",
    "relay-port": "587",
    "relay-security": "starttls",
    "relay-username": "returns",
    "relay-password": "hush",
}
MAILBOX = {
    "mailbox-host": "imap.larkfield.example",
    "mailbox-port": "993",
    "mailbox-security": "tls",
    "mailbox-username": "returns",
    "mailbox-password": "hush",
    "mailbox-folder": "INBOX",
}
NO_LINES = {
    "relay-host": "",
    "relay-port": "587",
    "relay-security": "starttls",
    "mailbox-host": "",
    "mailbox-port": "993",
    "mailbox-security": "tls",
    "mailbox-folder": "INBOX",
}


@pytest.fixture
def as_admin(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


@pytest.fixture
def lines(inbox: Inbox) -> tuple[RelayLine, MailboxLine]:
    there = {"username": "support", "password": "hush", "inbox": inbox}
    return (
        RelayLine.objects.create(host="smtp.larkfield.example", port=587, **there),
        MailboxLine.objects.create(
            host="imap.larkfield.example", port=993, uid_validity=1, last_uid=70, **there
        ),
    )


def page_of(inbox: Inbox) -> str:
    return reverse("gateway:inbox", args=[inbox.pk])


def settings_of(inbox: Inbox, **changed: str) -> dict[str, Any]:
    kept = {"relay-username": "support", "mailbox-username": "support"}
    silent = {"relay-password": "", "mailbox-password": ""}
    own = {"name": inbox.name, "address": inbox.address}
    return {**own, **RELAY, **MAILBOX, **kept, **silent, **changed}


@pytest.mark.parametrize("name", ["inboxes", "inbox", "inbox_new", "relay_test", "mailbox_test"])
def test_agents_find_no_settings(client: Client, agent: User, inbox: Inbox, name: str) -> None:
    client.force_login(agent)
    args = [inbox.pk] if name in {"inbox", "relay_test", "mailbox_test"} else []
    assert client.get(reverse(f"gateway:{name}", args=args)).status_code in {404, 405}
    assert client.post(reverse(f"gateway:{name}", args=args), RELAY).status_code in {404, 405}
    assert not RelayLine.objects.exists()


def test_an_inbox_is_opened_with_its_servers(as_admin: Client) -> None:
    team = Team.objects.create(name="Returns desk")
    given = RETURNS | RELAY | MAILBOX | {"teams": [team.pk]}
    assert as_admin.post(reverse("gateway:inbox_new"), given).status_code == 302
    inbox = Inbox.objects.get(name="Returns")
    assert inbox.address == "returns@larkfield.example"
    assert list(inbox.teams.all()) == [team]
    assert relay.relay_from(inbox.relay_line.settings) == relay.Relay(
        "smtp.larkfield.example", 587, "starttls", "returns", "hush"
    )
    assert mailbox.mailbox_from(inbox.mailbox_line.settings) == mailbox.Mailbox(
        "imap.larkfield.example", 993, "tls", "returns", "hush", "INBOX"
    )
    assert Event.objects.get().name == "inbox.added"


def test_an_inbox_needs_no_servers(as_admin: Client) -> None:
    as_admin.post(reverse("gateway:inbox_new"), RETURNS | NO_LINES)
    assert Inbox.objects.filter(name="Returns").exists()
    assert not RelayLine.objects.exists()
    assert not MailboxLine.objects.exists()


def test_the_page_never_shows_a_password(as_admin: Client, inbox: Inbox, lines: object) -> None:
    page = as_admin.get(page_of(inbox)).content.decode()
    assert "smtp.larkfield.example" in page
    assert "hush" not in page
    wrong = as_admin.post(page_of(inbox), settings_of(inbox, name="", **{"relay-password": "psst"}))
    assert "psst" not in wrong.content.decode()


def test_an_empty_password_keeps_the_one_there_is(
    as_admin: Client, inbox: Inbox, lines: tuple[RelayLine, MailboxLine]
) -> None:
    as_admin.post(page_of(inbox), settings_of(inbox, signature="Larkfield Supply"))
    inbox.refresh_from_db()
    assert inbox.signature == "Larkfield Supply"
    assert [line.password for line in (inbox.relay_line, inbox.mailbox_line)] == ["hush", "hush"]
    assert inbox.mailbox_line.last_uid == 70
    assert Event.objects.get().name == "inbox.changed"


@pytest.mark.parametrize("name", ["relay-host", "relay-username", "mailbox-host"])
def test_a_kept_password_is_not_sent_to_another_server(
    as_admin: Client, inbox: Inbox, lines: tuple[RelayLine, MailboxLine], name: str
) -> None:
    answer = as_admin.post(page_of(inbox), settings_of(inbox, **{name: "elsewhere.example"}))
    assert "Enter the password again" in answer.content.decode()
    lines[0].refresh_from_db()
    assert lines[0].host == "smtp.larkfield.example"


def test_a_kept_password_is_not_tried_at_another_server(
    as_admin: Client, inbox: Inbox, lines: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "try_out", pytest.fail)
    address = reverse("gateway:relay_test", args=[inbox.pk])
    answer = as_admin.post(address, settings_of(inbox, **{"relay-host": "elsewhere.example"}))
    assert "Enter the password again" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "last_uid"),
    [
        ({"mailbox-host": "other.example", "mailbox-password": "new"}, 0),
        ({"mailbox-folder": "Archive"}, 0),
        ({"mailbox-port": "143", "mailbox-security": "starttls"}, 70),
    ],
)
def test_another_mailbox_is_read_from_its_beginning(
    as_admin: Client, inbox: Inbox, lines: object, changed: dict[str, str], last_uid: int
) -> None:
    as_admin.post(page_of(inbox), settings_of(inbox, **changed))
    assert MailboxLine.objects.get().last_uid == last_uid


def test_a_line_without_a_server_goes(as_admin: Client, inbox: Inbox, lines: object) -> None:
    own = {"name": inbox.name, "address": inbox.address}
    as_admin.post(page_of(inbox), own | NO_LINES)
    assert not RelayLine.objects.exists()
    assert not MailboxLine.objects.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"relay-port": "99999"}, "65535"),
        ({"relay-host": ""}, "Name the server"),
        ({"mailbox-security": "magic"}, "not one of the available choices"),
        ({"address": "nonsense"}, "valid email address"),
        ({"name": "Billing"}, "Another inbox has this name already."),
        ({"address": "Billing@Larkfield.example"}, "Another inbox has this address already."),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    as_admin: Client, inbox: Inbox, lines: object, changed: dict[str, str], says: str
) -> None:
    Inbox.objects.create(name="Billing", address="billing@larkfield.example")
    answer = as_admin.post(page_of(inbox), settings_of(inbox, **changed))
    assert says in answer.content.decode()


def test_a_relay_that_answers_is_said_to_work(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def answers(to: relay.Relay, *, timeout: float) -> str:
        tried.append(to)
        return "250 at your service"

    monkeypatch.setattr(relay, "try_out", answers)
    answer = as_admin.post(reverse("gateway:relay_test_new"), RELAY)
    assert "250 at your service" in answer.content.decode()
    assert tried == [relay.Relay("smtp.larkfield.example", 587, "starttls", "returns", "hush")]
    assert not RelayLine.objects.exists()


def test_a_mailbox_that_answers_is_said_to_work(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def opens(_at: mailbox.Mailbox, *, timeout: float) -> Iterator[mailbox.Folder]:
        yield mailbox.Folder(None, 1, 12)

    monkeypatch.setattr(mailbox, "opened", opens)
    answer = as_admin.post(reverse("gateway:mailbox_test_new"), MAILBOX)
    assert "12 letters" in answer.content.decode()


def test_a_server_that_refuses_is_quoted(
    as_admin: Client, inbox: Inbox, lines: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_to: relay.Relay, *, timeout: float) -> str:
        raise ChannelError("The mail server refused the sign-in: 535 no", permanent=True)

    monkeypatch.setattr(relay, "try_out", refuses)
    address = reverse("gateway:relay_test", args=[inbox.pk])
    answer = as_admin.post(address, settings_of(inbox))
    assert "535 no" in answer.content.decode()


def test_a_real_port_without_a_server_is_said_to_be_closed(as_admin: Client) -> None:
    given = RELAY | {"relay-host": "127.0.0.1", "relay-port": "1", "relay-security": "none"}
    answer = as_admin.post(reverse("gateway:relay_test_new"), given)
    assert "127.0.0.1" in answer.content.decode()
    assert "It works" not in answer.content.decode()


def test_the_list_tells_how_the_last_contact_went(
    as_admin: Client, inbox: Inbox, lines: object
) -> None:
    RelayLine.objects.update(last_error="535 no")
    page = as_admin.get(reverse("gateway:inboxes")).content.decode()
    assert "535 no" in page
    assert inbox.address in page
