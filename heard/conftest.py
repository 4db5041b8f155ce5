"""Named people: an agent, a team-mate, a stranger, an admin, a customer, and their inboxes."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from django.test import Client

from heard.accounts import beginning
from heard.accounts.models import Role, Team, User
from heard.automation import occasions
from heard.channels.email import parse
from heard.contacts.models import Contact
from heard.contacts.verbs import identify
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox, Message

Letter = Callable[..., bytes]
Receive = Callable[..., Message]


@pytest.fixture(autouse=True)
def files(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Attachments of a test lie in its own folder; passwords cost nothing; rules listen alone."""
    settings.ENCODER = False  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = [  # type: ignore[attr-defined]
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]


@pytest.fixture(autouse=True)
def no_rules() -> None:
    """No rule waits for anything until a test makes one, and nobody asks the database for it."""
    occasions.waited.names, occasions.waited.until = frozenset(), math.inf


@pytest.fixture
def support(db: None) -> Team:
    """The team that answers questions about tools."""
    return Team.objects.create(name="Support")


@pytest.fixture
def accounts_team(db: None) -> Team:
    """Another team, which must not see Support's letters."""
    return Team.objects.create(name="Accounts")


@pytest.fixture
def admin(support: Team, accounts_team: Team) -> User:
    """Sam sets things up and reaches every inbox."""
    sam = User.objects.create_user("sam@larkfield.example", name="Sam Whitlock", role=Role.ADMIN)
    accounts_team.members.add(sam)
    return sam


@pytest.fixture
def agent(support: Team) -> User:
    """Tom answers letters in Support."""
    tom = User.objects.create_user("tom@larkfield.example", name="Tom Okafor")
    support.members.add(tom)
    return tom


@pytest.fixture
def team_mate(support: Team) -> User:
    """Priya sits beside Tom."""
    priya = User.objects.create_user("priya@larkfield.example", name="Priya Raman")
    support.members.add(priya)
    return priya


@pytest.fixture
def lead(support: Team) -> User:
    """Maya leads Support."""
    maya = User.objects.create_user("maya@larkfield.example", name="Maya Lindqvist", role=Role.LEAD)
    support.members.add(maya)
    return maya


@pytest.fixture
def stranger(accounts_team: Team) -> User:
    """Jonas works here too, but in another team."""
    jonas = User.objects.create_user("jonas@larkfield.example", name="Jonas Weber")
    accounts_team.members.add(jonas)
    return jonas


@pytest.fixture
def inbox(support: Team) -> Inbox:
    """support@larkfield.example, looked after by Support."""
    box = Inbox.objects.create(name="Support", address="support@larkfield.example")
    box.teams.add(support)
    return box


@pytest.fixture
def other_inbox(accounts_team: Team) -> Inbox:
    """accounts@larkfield.example, looked after by Accounts."""
    box = Inbox.objects.create(name="Accounts", address="accounts@larkfield.example")
    box.teams.add(accounts_team)
    return box


@pytest.fixture
def customer(db: None) -> Contact:
    """Inês writes from her joinery."""
    return identify("ines@duarte-joinery.example", "Inês Duarte")


@pytest.fixture
def letter() -> Letter:
    """A raw letter: letter("Hello", subject=…, message_id=…, reply_to_id=…, sender=…)."""
    count = 0

    def write(
        text: str = "Where is my order?",
        *,
        subject: str = "Order 1204",
        sender: str = "Inês Duarte <ines@duarte-joinery.example>",
        to: str = "support@larkfield.example",
        message_id: str | None = None,
        reply_to_id: str = "",
        **headers: str,
    ) -> bytes:
        nonlocal count
        count += 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"] = format_datetime(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
        mail["Message-ID"] = message_id or f"<letter-{count}@duarte-joinery.example>"
        if reply_to_id:
            mail["In-Reply-To"] = mail["References"] = f"<{reply_to_id}>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return mail.as_bytes()

    return write


@pytest.fixture
def receive(inbox: Inbox, letter: Letter) -> Receive:
    """A letter taken in: the message it became. Each comes a minute after the one before."""
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def take(text: str = "Where is my order?", *, box: Inbox | None = None, **said: str) -> Message:
        nonlocal at
        at += timedelta(minutes=1)
        return verbs.receive(box or inbox, parse(letter(text, **said)), at=at)

    return take


@pytest.fixture
def conversation(receive: Receive, customer: Contact) -> Conversation:
    """Inês has asked where her order is."""
    return receive().conversation


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """The browser of a person: signed_in(agent).get("/inbox")."""

    def browser(user: User) -> Client:
        beginning.is_over()  # asked once in the life of a process, so no page counts it
        client.force_login(user)
        return client

    return browser
