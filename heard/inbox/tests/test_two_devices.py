"""One person writes one reply at the desk and on the phone: no word is lost to the other."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from heard.accounts.models import User
from heard.inbox import verbs
from heard.inbox.models import Conversation, KeptDraft, Message
from heard.inbox.verbs import Draft, drafts
from heard.inbox.verbs.drafts import Words

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
OLDER = "Dear Inês, it left today."
NEWER = f"{OLDER}\n\nThe blade follows on Friday."


def kept(user: User, conversation: Conversation, text: str) -> KeptDraft:
    draft = drafts.keep(user, conversation, "reply", Words(text=text))
    assert draft is not None
    return draft


def plan() -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.txt", b"a plan")


def test_words_typed_after_a_file_are_kept_whatever_the_page_knew(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    path, browser = f"/conversations/{conversation.pk}/draft", signed_in(agent)
    told = browser.post(f"{path}/files", {"kind": "reply", "file": plan()}).json()
    assert told["version"] == 1
    for text in ("Dear", "Dear Inês"):
        typed = {"kind": "reply", "text": text, "version": "0"}
        assert browser.post(path, typed).status_code == (200 if text == "Dear" else 409)
    assert KeptDraft.objects.get().text == "Dear"


def test_a_file_does_not_let_a_page_cover_words_it_never_saw(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    kept(agent, conversation, NEWER)
    path = f"/conversations/{conversation.pk}/draft/files"
    assert signed_in(agent).post(path, {"file": plan()}).json()["version"] == 0


def send(browser: Client, conversation: Conversation, text: str, version: int) -> Message:
    form = {"kind": "reply", "text": text, "to": "ines@duarte-joinery.example"}
    browser.post(f"/conversations/{conversation.pk}/messages", {**form, "version": str(version)})
    return Message.objects.get(kind=Message.Kind.OUTBOUND)


def test_newer_words_from_the_phone_outlive_a_letter_sent_at_the_desk(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    older = kept(agent, conversation, OLDER)
    drafts.attach(agent, conversation, "reply", plan())
    kept(agent, conversation, NEWER)
    letter = send(signed_in(agent), conversation, OLDER, older.version)
    assert [file.name for file in letter.attachments.all()] == ["plan.txt"]
    draft = KeptDraft.objects.get(user=agent)
    assert (draft.text, draft.files.exists()) == (NEWER, False)


@pytest.mark.parametrize(("text", "known"), [(f"{NEWER}  Yours, Tom", 1), ("Only this.", 2)])
def test_a_draft_that_is_said_or_was_seen_ends_with_its_letter(
    conversation: Conversation, agent: User, signed_in: SignedIn, text: str, known: int
) -> None:
    kept(agent, conversation, OLDER)
    kept(agent, conversation, NEWER)
    send(signed_in(agent), conversation, text.replace("\n", "\r\n"), known)
    assert not KeptDraft.objects.exists()


def test_an_answer_leaves_without_the_files_the_phone_was_about_to_forward(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    asked = conversation.messages.get()
    asked.attachments.create(
        name="invoice.pdf",
        content_type="application/pdf",
        size=7,
        file=ContentFile(b"invoice", "i"),
    )
    drafts.forward(agent, asked, OLDER)
    assert not send(signed_in(agent), conversation, OLDER, 0).attachments.exists()
    assert not KeptDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["words", "file"])
def test_a_draft_begun_twice_at_one_moment_is_one_draft(
    conversation: Conversation, agent: User, other: str
) -> None:
    def begin() -> None:
        try:
            if other == "words":
                drafts.keep(agent, conversation, "reply", Words(text=OLDER, version=0))
            else:
                drafts.attach(agent, conversation, "reply", ContentFile(b"x", name="film.txt"))
        finally:
            connection.close()

    meanwhile = threading.Thread(target=begin)
    with transaction.atomic():
        drafts.attach(agent, conversation, "reply", plan())
        meanwhile.start()
        meanwhile.join(0.5)
    meanwhile.join()
    draft = KeptDraft.objects.get()
    files = [file.name for file in draft.files.all()]
    expected = (OLDER, ["plan.txt"]) if other == "words" else ("", ["plan.txt", "film.txt"])
    assert (draft.text, files) == expected


def test_a_letter_without_a_version_says_all_there_is(
    conversation: Conversation, agent: User
) -> None:
    draft = kept(agent, conversation, NEWER)
    verbs.reply(agent, conversation, Draft(text="Only this.", kept=draft))
    assert not KeptDraft.objects.exists()
