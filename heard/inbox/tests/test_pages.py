"""Whatever a stranger writes is shown as words: on our pages, in frames, in files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from heard.accounts.models import User
from heard.channels.email import parse
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.letters import MOST_MARKS
from heard.inbox.models import Attachment, Conversation, Inbox, Message
from heard.inbox.verbs import Draft
from heard.readings import verbs as readings
from heard.readings.models import Ask, Reading, Sign

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'
PICTURE = b"\x89PNG\r\n\x1a\n"


class Reader(HTMLParser):
    """Collects what could run in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and not (values.get("src") or "").startswith("/static/"):
            self.running.append("script")
        self.running += [name for name in values if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction"):
            if (values.get(name) or "").strip().lower().startswith(("javascript:", "data:text")):
                self.running.append(f"{name} {values[name]}")
        if tag in {"iframe", "object", "embed", "base", "meta"} and "http-equiv" in values:
            self.running.append(tag)


def running(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.running


@pytest.fixture
def evil(inbox: Inbox, agent: User) -> Conversation:
    """A letter that tries everywhere at once."""
    mail = EmailMessage()
    mail["From"] = f'"{EVIL.replace(chr(34), "")}" <x@y.example>'
    mail["To"], mail["Subject"] = "support@larkfield.example", EVIL
    mail.set_content(
        f"{EVIL}\n\nWhere is {EVIL}?\n\njavascript:alert(1)\n\n> {EVIL}\n\n-- \n{EVIL}"
    )
    mail.add_alternative(
        f"<p onclick=alert(1)>Hi {EVIL}<a href='javascript:alert(1)'>x</a>"
        "<iframe src=//e.example></iframe><meta http-equiv=refresh content=0></p>",
        subtype="html",
    )
    mail.add_attachment(b"<script>", maintype="text", subtype="html", filename=f"{EVIL}.html")
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    message = verbs.receive(inbox, parse(mail.as_bytes()), at=at)
    verbs.note(agent, message.conversation, Draft(text=EVIL))
    ours = verbs.reply(agent, message.conversation, Draft(text=f"I will send {EVIL} tomorrow."))
    verbs.fail(ours, EVIL)
    readings.listen(message.conversation_id)
    return message.conversation


@pytest.mark.parametrize(
    "path",
    [
        "/inbox",
        "/inbox/list",
        "/conversations/{pk}",
        "/conversations/{pk}/head",
        "/conversations/{pk}/thread",
        "/conversations/{pk}/memory",
        "/queue",
        "/messages/{letter}/original",
    ],
)
def test_nothing_a_stranger_wrote_runs(
    evil: Conversation, signed_in: SignedIn, agent: User, path: str
) -> None:
    letter = evil.messages.earliest("pk")
    answer = signed_in(agent).get(path.format(pk=evil.pk, letter=letter.pk))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert running(page) == []
    assert "49" not in page or "{{ 7*7 }}" in page
    assert (
        "script-src 'self'" in answer["Content-Security-Policy"]
        or "sandbox" in (answer["Content-Security-Policy"])
    )


def test_the_reader_of_these_tests_sees_what_runs() -> None:
    assert running('<p onclick="x"><script>1</script><a href=" JavaScript:x">') == [
        "onclick",
        "script",
        "href  JavaScript:x",
    ]


@pytest.fixture
def formatted(inbox: Inbox) -> Message:
    """A formatted letter with a picture of its own and one from afar."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "x@y.example", inbox.address, "Hi"
    mail.set_content("Hi")
    html = '<p>Hi <img src="cid:own"><img src="https://far.example/track.png"></p>'
    mail.add_alternative(html, subtype="html")
    body = mail.get_payload()[1]
    body.add_related(PICTURE, maintype="image", subtype="png", cid="<own>")
    return verbs.receive(inbox, parse(mail.as_bytes()), at=datetime(2026, 3, 2, tzinfo=UTC))


def test_far_pictures_are_fetched_only_when_asked_for(
    formatted: Message, signed_in: SignedIn, agent: User
) -> None:
    path = f"/messages/{formatted.pk}/original"
    held = signed_in(agent).get(path)
    page = held.content.decode()
    assert 'src="https://far.example' not in page.replace('data-src="', "")
    assert f'src="/attachments/{formatted.attachments.get().pk}"' in page
    assert "far.example" not in held["Content-Security-Policy"]
    assert "https:" not in held["Content-Security-Policy"]
    shown = signed_in(agent).get(path, {"pictures": "yes"})
    assert ' src="https://far.example/track.png"' in shown.content.decode()


@pytest.mark.parametrize("query", ["", "?pictures=yes"])
def test_an_original_runs_nothing_and_is_framed_by_us_alone(
    formatted: Message, signed_in: SignedIn, agent: User, query: str
) -> None:
    answer = signed_in(agent).get(f"/messages/{formatted.pk}/original{query}")
    policy = answer["Content-Security-Policy"]
    for rule in ("default-src 'none'", "form-action 'none'", "frame-ancestors 'self'", "sandbox"):
        assert rule in policy
    assert "allow-scripts" not in policy and "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("content_type", "shown"),
    [
        ("image/png", True),
        ("image/jpeg", True),
        ("image/svg+xml", False),
        ("text/html", False),
        ("application/pdf", False),
        ("application/xhtml+xml", False),
        ("text/xml", False),
    ],
)
def test_a_file_is_shown_in_the_page_only_if_harmless(
    conversation: Conversation, signed_in: SignedIn, agent: User, content_type: str, shown: bool
) -> None:
    answer = file_of(conversation, signed_in(agent), "a.bin", content_type)
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    expected = content_type if shown else "application/octet-stream"
    assert answer["Content-Type"] == expected
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["Plán für Ünïcode 🙂.txt", 'a"b;c.txt', "../../etc/passwd", "a\r\nSet-Cookie: x=y", ""]
)
def test_a_file_of_any_name_is_handed_over(
    conversation: Conversation, signed_in: SignedIn, agent: User, name: str
) -> None:
    answer = file_of(conversation, signed_in(agent), name, "text/plain")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def file_of(conversation: Conversation, browser: Client, name: str, content_type: str):
    """The answer to fetching a file of a letter."""
    file = Attachment.objects.create(
        message=conversation.messages.get(),
        name=name,
        content_type=content_type,
        size=1,
        file=ContentFile(b"x", name="x"),
    )
    answer = browser.get(file.url)
    assert answer.getvalue() == b"x"
    for close in answer._resource_closers:
        close()
    return answer


@pytest.mark.parametrize(("text", "told"), [("", True), ("Hello", False)])
def test_an_empty_letter_says_that_it_is_empty(
    receive: Receive, signed_in: SignedIn, agent: User, text: str, told: bool
) -> None:
    one = receive(text).conversation
    page = signed_in(agent).get(f"/conversations/{one.pk}").content.decode()
    assert ("(empty letter)" in page) is told


def test_a_letter_with_every_header_line_missing_has_a_page(
    inbox: Inbox, signed_in: SignedIn, agent: User
) -> None:
    message = verbs.receive(inbox, parse(b"\r\nHello"), at=datetime(2026, 3, 2, tzinfo=UTC))
    page = signed_in(agent).get(f"/conversations/{message.conversation_id}").content.decode()
    assert "Hello" in page
    assert "<bdi>Unknown</bdi>" in page
    assert "No address to answer to is known" in page


def test_a_letter_of_thousands_of_questions_makes_no_huge_page(
    receive: Receive, agent: User, signed_in: SignedIn
) -> None:
    line = "Where is it?\n"
    message = receive(line * 5_000)
    places = [(at, at + len(line) - 1) for at in range(0, 5_000 * len(line), len(line))]
    Reading.objects.create(conversation=message.conversation)
    span = {"message": message, "score": 0.9, "why": "a question"}
    Sign.objects.bulk_create(
        Sign(kind="question.open", start=start, end=end, **span) for start, end in places
    )
    Ask.objects.bulk_create(
        Ask(text="Where is it?", state="answered" if n < 40 else "open", start=a, end=b, **span)
        for n, (a, b) in enumerate(places)
    )
    Conversation.objects.update(open_asks=4_960)
    browser = signed_in(agent)
    page = browser.get(f"/conversations/{message.conversation_id}").content.decode()
    assert len(page) < 400_000
    assert page.count("Where is it?") >= 5_000
    assert page.count("Mark answered") == 30
    assert "and 4,970 more" in page
    assert page.count("<mark") == MOST_MARKS
    assert "4,700 more places were heard" in page
    assert page.split("The rest of this letter")[1].count("Where is it?") > 1_500
    assert "99+ open" in browser.get("/inbox/list").content.decode()


FINNISH = (
    "Hei, saha saapui eilen, mutta terä on valitettavasti taas tylsä, aivan kuten viime kerralla."
    " Voisitteko lähettää minulle uuden terän tällä viikolla?"
)


def test_a_letter_that_heard_cannot_read_is_not_said_to_ask_nothing(
    receive: Receive, agent: User, signed_in: SignedIn
) -> None:
    first = receive(FINNISH)
    path = f"/conversations/{first.conversation_id}/memory"
    readings.listen(first.conversation_id)
    page = signed_in(agent).get(path).content.decode()
    assert "One message is in a language that Heard does not read yet." in page
    assert "so far" not in page
    receive(FINNISH + " Kiitos.", reply_to_id=first.message_id)
    readings.listen(first.conversation_id)
    assert "2 messages are in a language" in signed_in(agent).get(path).content.decode()
