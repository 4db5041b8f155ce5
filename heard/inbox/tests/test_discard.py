"""Files go with the letters they came with: nothing of a customer's stays behind unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address, File, Inbound
from heard.inbox import verbs
from heard.inbox.models import Attachment, Inbox, Message

pytestmark = pytest.mark.django_db


def with_files(*names: str) -> Inbound:
    return Inbound(
        channel="email",
        sender=Address("ines@duarte-joinery.example"),
        message_id="plans@duarte-joinery.example",
        digest="d" * 64,
        text="The plans.",
        files=tuple(File(name, "application/pdf", b"a plan") for name in names),
    )


@pytest.fixture
def plans(inbox: Inbox) -> Message:
    """A letter with two files."""
    return verbs.receive(inbox, with_files("front.pdf", "back.pdf"), at=clock.now())


def on_disk() -> int:
    return sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


def test_the_files_of_a_deleted_conversation_are_gone(
    plans: Message, lead: User, django_capture_on_commit_callbacks
) -> None:
    assert on_disk() == 2
    with django_capture_on_commit_callbacks(execute=True):
        verbs.delete(lead, plans.conversation)
        assert on_disk() == 2
    assert on_disk() == 0


def test_a_letter_read_again_leaves_no_file_of_its_first_reading(
    plans: Message, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        verbs.correct(plans, with_files("whole.pdf"))
    assert [one.name for one in Attachment.objects.all()] == ["whole.pdf"]
    assert on_disk() == 1


def test_a_store_that_refuses_one_file_lets_go_of_the_other(
    plans: Message, lead: User, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    first = Attachment.objects.earliest("pk").file
    storage = type(first.storage._wrapped)
    remove = storage.delete

    def refuse(self: object, name: str) -> None:
        if name == first.name:
            raise OSError("The store is away")
        remove(self, name)

    monkeypatch.setattr(storage, "delete", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        verbs.delete(lead, plans.conversation)
    assert on_disk() == 1
