"""Letters that carry no Message-ID, or no header at all, are letters too."""

from __future__ import annotations

import pytest
from aiosmtpd.smtp import Envelope as Handed

from heard.channels.email.fingerprint import digest
from heard.gateway.arrival import Arrival
from heard.gateway.doors.smtp import Door, Limits
from heard.gateway.models import Envelope
from heard.gateway.verbs import accept, unseal
from heard.inbox.models import Inbox, Message

pytestmark = pytest.mark.django_db

BARE = b"From: cron@larkfield.example\r\nSubject: Backup failed\r\n\r\nDisk full.\r\n"


def handed_in(inbox: Inbox, raw: bytes) -> None:
    door = Door(intake=None, limits=Limits(1, 0))  # type: ignore[arg-type]
    door.directory.read()
    letter = Handed()
    letter.rcpt_tos, letter.mail_from = [inbox.address], "cron@larkfield.example"
    accept(door._arrivals(raw, letter))
    for envelope in Envelope.objects.filter(state="waiting"):
        unseal(envelope.pk)


def test_words_without_a_header_are_told_apart() -> None:
    assert digest(b"one two\r\nthree\r\n") != digest(b"completely different\r\n")


def test_the_same_words_handed_in_twice_without_an_id_are_two_letters(inbox: Inbox) -> None:
    handed_in(inbox, BARE)
    handed_in(inbox, BARE)
    assert Message.objects.count() == 2


def test_an_import_of_such_a_letter_is_safe_to_repeat(inbox: Inbox) -> None:
    for _ in range(2):
        accept([Arrival(inbox=inbox.pk, raw=BARE, source="import")])
    assert Envelope.objects.count() == 1


def test_no_sender_in_the_letter_is_the_one_who_handed_it_in(inbox: Inbox) -> None:
    handed_in(inbox, b"no headers at all, just text\r\nand more\r\n")
    message = Message.objects.get()
    assert message.author_address == "cron@larkfield.example"
    assert "no headers at all" in message.text
