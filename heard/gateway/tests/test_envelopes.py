"""What a door took is opened once, and is never lost: not unread, not unreadable, not repeated."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.db import OperationalError, connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from heard.accounts.models import User
from heard.channels.email.parse import NOBODY
from heard.channels.registry import channel
from heard.conftest import Letter
from heard.gateway import batches, verbs
from heard.gateway.arrival import Arrival
from heard.gateway.models import Envelope
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
State = Envelope.State


def arrive(inbox: Inbox, raw: bytes, *recipients: str, source: str = "smtp") -> Envelope | None:
    """The letter kept and opened, as door and worker do; None when it lay here already."""
    before = Envelope.objects.count()
    verbs.accept([Arrival(inbox=inbox.pk, raw=raw, source=source, recipients=recipients)])
    if Envelope.objects.count() == before:
        return None
    envelope = Envelope.objects.latest("pk")
    verbs.unseal(envelope.pk)
    envelope.refresh_from_db()
    return envelope


def test_a_kept_letter_has_a_job_that_opens_it(inbox: Inbox, letter: Letter) -> None:
    verbs.accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp")])
    envelope = Envelope.objects.get()
    job = ProcrastinateJob.objects.get(args__inbox=inbox.pk)
    assert (job.task_name, job.lock) == (
        "gateway.tasks.unseal",
        f"gateway.tasks.unseal:inbox:{inbox.pk}",
    )
    assert envelope.state == State.WAITING


def test_one_job_opens_what_waits_and_todays_letters_go_before_imported_ones(
    inbox: Inbox, other_inbox: Inbox, letter: Letter
) -> None:
    for box, source in ((inbox, "import"), (inbox, "smtp"), (other_inbox, "smtp")):
        verbs.accept([Arrival(inbox=box.pk, raw=letter(), source=source)])
    verbs.unseal_waiting(inbox.pk)
    opened = Envelope.objects.filter(state=State.OPENED).order_by("message_id")
    assert [envelope.source for envelope in opened] == ["smtp", "import"]
    jobs = ProcrastinateJob.objects.filter(task_name="gateway.tasks.unseal")
    assert [job.args["inbox"] for job in jobs] == [other_inbox.pk]


def test_after_its_turns_a_job_leaves_the_rest_to_another(
    inbox: Inbox, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("heard.gateway.verbs.unseal")
    monkeypatch.setattr(module, "TOGETHER", 1)
    monkeypatch.setattr(module, "TURNS", 2)
    verbs.accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp") for _ in range(3)])
    verbs.unseal_waiting(inbox.pk)
    assert Envelope.objects.filter(state=State.WAITING).count() == 1
    assert ProcrastinateJob.objects.filter(task_name="gateway.tasks.unseal").count() == 1
    verbs.unseal_waiting(inbox.pk)
    assert not Envelope.objects.filter(state=State.WAITING).exists()


def test_a_letter_that_the_database_refuses_holds_up_no_other(
    inbox: Inbox, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    verbs.accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp") for _ in range(3)])
    first = Envelope.objects.order_by("pk")[0]
    module = import_module("heard.gateway.verbs.unseal")
    open_one = module._open

    def refuse_the_first(envelope: Envelope) -> None:
        if envelope.pk == first.pk:
            raise OperationalError("it is too large for me")
        open_one(envelope)

    monkeypatch.setattr(module, "_open", refuse_the_first)
    with pytest.raises(OperationalError):
        verbs.unseal_waiting(inbox.pk)
    assert [e.pk for e in Envelope.objects.filter(state=State.WAITING)] == [first.pk]


def test_letters_that_together_are_large_are_opened_each_in_a_transaction_of_its_own(
    inbox: Inbox, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("heard.gateway.verbs.unseal")
    verbs.accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp") for _ in range(3)])
    held: list[int] = []
    hold = module._held
    monkeypatch.setattr(module, "_held", lambda pks: held.append(len(pks)) or hold(pks))
    monkeypatch.setattr(batches, "BYTES", 1)
    verbs.unseal_waiting(inbox.pk)
    assert held == [1, 1, 1]
    assert not Envelope.objects.filter(state=State.WAITING).exists()


def test_a_letter_of_which_the_worker_died_does_not_come_first_again(
    inbox: Inbox, letter: Letter
) -> None:
    verbs.accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp") for _ in range(3)])
    verbs.unseal_waiting(inbox.pk, attempt=1)
    opened = Envelope.objects.order_by("message_id").values_list("pk", flat=True)
    assert list(opened) == [*sorted(opened)[1:], min(opened)]


def test_a_letter_told_twice_lies_here_once(inbox: Inbox, letter: Letter) -> None:
    raw = letter()
    assert arrive(inbox, raw) is not None
    assert arrive(inbox, raw) is None
    assert arrive(inbox, b"Received: by another.example\r\n" + raw) is None
    assert Message.objects.count() == 1


def test_opening_twice_is_opening_once(inbox: Inbox, letter: Letter) -> None:
    envelope = arrive(inbox, letter())
    verbs.unseal(envelope.pk)
    assert Message.objects.count() == 1
    verbs.unseal(0)


def test_letters_of_one_batch_are_all_opened(inbox: Inbox, letter: Letter) -> None:
    arrivals = [Arrival(inbox=inbox.pk, raw=letter(f"Letter {n}"), source="smtp") for n in range(9)]
    verbs.accept([*arrivals, arrivals[0]])
    for pk in Envelope.objects.values_list("pk", flat=True):
        verbs.unseal(pk)
    texts = {text.strip() for text in Message.objects.values_list("text", flat=True)}
    assert texts == {f"Letter {n}" for n in range(9)}


def test_a_letter_to_two_inboxes_is_one_message(
    inbox: Inbox, other_inbox: Inbox, letter: Letter
) -> None:
    raw = letter(Cc="accounts@larkfield.example")
    first, second = arrive(inbox, raw), arrive(other_inbox, raw)
    assert (first.state, second.state) == (State.OPENED, State.REPEATED)
    assert first.message == second.message
    assert (
        Conversation.objects.of(User.objects.create_user("x@larkfield.example", name="X")).count()
        == 0
    )
    assert other_inbox.pk in Conversation.objects.get().inbox_ids


def test_a_letter_to_ourselves_is_one_message(
    inbox: Inbox, agent: User, conversation: Conversation
) -> None:
    ours = inbox_verbs.reply(agent, conversation, Draft(text="Yes."))
    copy = (
        "From: Tom Okafor (Support) <Support@larkfield.example>\r\n"
        f"Message-ID: <{ours.message_id}>\r\n\r\nYes.\r\n"
    )
    assert arrive(inbox, copy.encode()).state == State.REPEATED
    assert Message.objects.count() == 2


@pytest.mark.parametrize("source", ["smtp", "imap", "import"])
def test_a_deleted_conversation_does_not_come_back(
    inbox: Inbox, other_inbox: Inbox, letter: Letter, lead: User, source: str
) -> None:
    raw = letter()
    message = arrive(inbox, raw).message
    digest = message.digest
    inbox_verbs.delete(lead, message.conversation)
    verbs.forget([digest])
    assert arrive(inbox, raw, source=source) is None
    assert arrive(other_inbox, raw, source=source).state == State.DELETED
    assert not Conversation.objects.exists()
    assert not any(bytes(raw) for raw in Envelope.objects.values_list("raw", flat=True))


def test_deletion_forgets_every_letter_of_the_conversation(
    inbox: Inbox, other_inbox: Inbox, letter: Letter, lead: User
) -> None:
    message = arrive(inbox, letter()).message
    ours = inbox_verbs.reply(lead, message.conversation, Draft(text="Yes."))
    head = f"From: support@larkfield.example\r\nMessage-ID: <{ours.message_id}>\r\n\r\nYes."
    copy = arrive(other_inbox, head.encode())
    inbox_verbs.delete(lead, message.conversation)
    job = ProcrastinateJob.objects.filter(task_name="gateway.tasks.forget").latest("pk")
    assert {message.digest, copy.digest} <= set(job.args["digests"])


def breaks(error: BaseException) -> Callable[[bytes], object]:
    def parse_none(_raw: bytes) -> object:
        raise error

    return parse_none


@pytest.mark.parametrize(
    "error", [ValueError("can't"), ValueError("a\0b\ud800"), RecursionError(), MemoryError()]
)
def test_what_cannot_be_opened_waits_for_attention_and_opens_after_the_fix(
    inbox: Inbox, letter: Letter, agent: User, signed_in: SignedIn, monkeypatch, error: Exception
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(channel("email"), "parse", breaks(error))
        envelope = arrive(inbox, letter("Words of worth", subject="Lost?"))
    assert envelope.state == State.FAILED
    assert type(error).__name__ in envelope.error
    browser = signed_in(agent)
    assert "Open again" in browser.get("/attention").content.decode()
    source = browser.get(f"/envelopes/{envelope.pk}/source")
    assert b"Words of worth" in source.content
    assert source["Content-Type"].startswith("text/plain")
    assert browser.post(f"/envelopes/{envelope.pk}/opening").status_code == 302
    verbs.unseal(envelope.pk)
    assert Message.objects.get().text.strip() == "Words of worth"
    assert "Open again" not in browser.get("/attention").content.decode()


def test_a_database_that_is_away_is_no_fault_of_the_letter(
    inbox: Inbox, letter: Letter, monkeypatch
) -> None:
    verbs.accept([Arrival(inbox=inbox.pk, raw=letter(), source="smtp")])
    envelope = Envelope.objects.get()
    monkeypatch.setattr(channel("email"), "parse", breaks(OperationalError("gone")))
    with pytest.raises(OperationalError):
        verbs.unseal(envelope.pk)
    envelope.refresh_from_db()
    assert envelope.state == State.WAITING


@pytest.mark.parametrize("state", ["opened", "repeated", "deleted", "waiting"])
def test_only_what_failed_is_opened_again(
    inbox: Inbox, letter: Letter, agent: User, signed_in: SignedIn, state: str
) -> None:
    envelope = arrive(inbox, letter())
    Envelope.objects.update(state=state, raw=b"")
    with pytest.raises(Refusal):
        verbs.open_again(agent, envelope)
    signed_in(agent).post(f"/envelopes/{envelope.pk}/opening")
    assert Envelope.objects.get().state == state


def test_envelopes_are_for_the_team(
    inbox: Inbox, letter: Letter, stranger: User, signed_in: SignedIn, client: Client
) -> None:
    envelope = arrive(inbox, letter())
    Envelope.objects.update(state="failed", sender="ines@duarte-joinery.example")
    assert client.get(f"/envelopes/{envelope.pk}/source").status_code == 302
    browser = signed_in(stranger)
    assert browser.get(f"/envelopes/{envelope.pk}/source").status_code == 404
    assert browser.post(f"/envelopes/{envelope.pk}/opening").status_code == 404
    assert "ines@" not in browser.get("/attention").content.decode()


def test_a_letter_shown_raw_is_in_the_inbox_and_waits_for_attention(
    inbox: Inbox, agent: User, signed_in: SignedIn
) -> None:
    many = b"Content-Type: multipart/mixed; boundary=x\r\n" + b"X: boundary=\r\n" * 300
    envelope = arrive(inbox, many + b"From: a@b.example\r\n\r\nWords of worth")
    assert envelope.state == State.FAILED
    assert "Words of worth" in envelope.message.text
    assert (
        "Words of worth"
        in signed_in(agent).get(f"/messages/{envelope.message.pk}/source").content.decode()
    )


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00junk \x80\x81\r\n\x01\x02", bytes(range(256)), b"\x8f: \xc3\x28", b"\r\n"]
)
def test_bytes_that_are_no_letter_wait_for_attention_and_begin_no_conversation(
    inbox: Inbox, agent: User, signed_in: SignedIn, raw: bytes
) -> None:
    envelope = arrive(inbox, raw)
    assert (envelope.state, envelope.message) == (State.FAILED, None)
    assert not Conversation.objects.exists()
    browser = signed_in(agent)
    page = browser.get("/attention").content.decode()
    assert "no header and no readable words" in page
    assert "Sender unknown" in page
    assert browser.get(f"/envelopes/{envelope.pk}/source").status_code == 200
    assert bytes(envelope.raw) == raw


@pytest.mark.parametrize("sender", ["", "<>", "no address"])
def test_words_without_a_header_are_shown_and_nobody_is_made_up_for_them(
    inbox: Inbox, sender: str
) -> None:
    verbs.accept(
        [Arrival(inbox=inbox.pk, raw="Grüße, words".encode(), source="smtp", sender=sender)]
    )
    verbs.unseal(Envelope.objects.get().pk)
    message = Message.objects.get()
    assert (message.text, message.author_address) == ("Grüße, words", NOBODY.email)


def test_the_raw_letter_behind_a_message_is_shown(
    inbox: Inbox, letter: Letter, agent: User, signed_in: SignedIn
) -> None:
    raw = letter("<script>alert(1)</script>")
    message = arrive(inbox, raw).message
    answer = signed_in(agent).get(f"/messages/{message.pk}/source")
    assert answer.content == raw
    assert "sandbox" in answer["Content-Security-Policy"]


def test_ids_as_long_as_they_come_fit_into_the_index(inbox: Inbox) -> None:
    long = "".join(chr(0x10000 + n * 37 % 60_000) for n in range(2_000))
    raw = f"From: a@b.example\r\nMessage-ID: <{long}@x>\r\nReferences: <{long}@y>\r\n\r\nHi"
    assert arrive(inbox, raw.encode()).state == State.OPENED


def test_odd_addresses_from_the_wire_are_kept(inbox: Inbox, letter: Letter) -> None:
    arrival = Arrival(
        inbox=inbox.pk,
        raw=letter(),
        source="smtp",
        sender="a\0\udcff@" + "b" * 400,
        recipients=("support\0@larkfield.example",),
    )
    verbs.accept([arrival])
    assert Envelope.objects.get().recipients == ["support@larkfield.example"]


@pytest.mark.django_db(transaction=True)
def test_one_letter_opened_in_two_inboxes_at_once_is_one_message(
    inbox: Inbox, other_inbox: Inbox, letter: Letter
) -> None:
    raw = letter(Cc="accounts@larkfield.example")
    verbs.accept([Arrival(inbox=box.pk, raw=raw, source="smtp") for box in (inbox, other_inbox)])

    def open_one(pk: int) -> None:
        try:
            verbs.unseal(pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(open_one, Envelope.objects.values_list("pk", flat=True)))
    assert set(Envelope.objects.values_list("state", flat=True)) == {State.OPENED, State.REPEATED}
    assert Message.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
