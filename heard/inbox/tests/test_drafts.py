"""Drafts on the server: the same on every device, seen by colleagues, lost by nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import verbs
from heard.inbox.company import company_at
from heard.inbox.models import Conversation, DraftFile, KeptDraft, Message
from heard.inbox.verbs import Draft, drafts
from heard.inbox.verbs.drafts import Changed, Words, drafts_of
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def begun(user: User, conversation: Conversation, text: str = "Dear Inês") -> KeptDraft:
    draft = drafts.keep(user, conversation, "reply", Words(text=text))
    assert draft is not None
    return draft


def test_the_same_words_are_there_on_every_device(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    path = f"/conversations/{conversation.pk}"
    typed = {"kind": "reply", "text": "Dear “Inês”", "to": "a@b.example, half", "version": "0"}
    kept = signed_in(agent).post(f"{path}/draft", typed)
    assert kept.json() == {"version": 1}
    page = signed_in(agent).get(path).content.decode()
    assert "Dear \\u201cIn\\u00eas\\u201d" in page
    assert "a@b.example, half" in page


def test_words_of_an_older_page_do_not_cover_newer_ones(
    conversation: Conversation, agent: User
) -> None:
    first = begun(agent, conversation)
    drafts.keep(agent, conversation, "reply", Words(text="From the phone", version=first.version))
    with pytest.raises(Changed) as changed:
        drafts.keep(agent, conversation, "reply", Words(text="From the desk", version=1))
    assert changed.value.draft.text == "From the phone"
    assert KeptDraft.objects.get().text == "From the phone"


def test_words_that_come_after_their_letter_make_no_draft(
    conversation: Conversation, agent: User
) -> None:
    verbs.reply(agent, conversation, Draft(text="Sent.", key="k-1"))
    assert drafts.keep(agent, conversation, "reply", Words(text="Sent", key="k-1")) is None
    assert not KeptDraft.objects.exists()


def test_a_draft_emptied_is_gone_and_one_with_a_file_is_not(
    conversation: Conversation, agent: User
) -> None:
    begun(agent, conversation)
    assert drafts.keep(agent, conversation, "reply", Words(text=" ")) is None
    file = drafts.attach(agent, conversation, "reply", ContentFile(b"x", name="plan.txt"))
    assert drafts.keep(agent, conversation, "reply", Words(text="")) is not None
    drafts.detach(file)
    assert not KeptDraft.objects.exists()


def test_a_colleague_sees_it_and_a_stranger_does_not(
    conversation: Conversation,
    agent: User,
    team_mate: User,
    stranger: User,
    signed_in: SignedIn,
) -> None:
    draft = begun(agent, conversation)
    file = drafts.attach(agent, conversation, "reply", ContentFile(b"<html>", name="a.html"))
    (seen,) = company_at(team_mate, conversation).drafts
    assert seen.user == agent
    assert not company_at(agent, conversation).drafts
    paths = [f"/drafts/{draft.pk}", f"/drafts/files/{file.pk}"]
    for user, status in ((team_mate, 200), (stranger, 404)):
        assert signed_in(user).get(paths[0]).status_code == status
    assert signed_in(stranger).get(paths[1]).status_code == 404
    handed = signed_in(team_mate).get(paths[1])
    assert b"".join(handed.streaming_content) == b"<html>"
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert handed.headers["Content-Type"] == "application/octet-stream"


def test_continuing_takes_words_and_files_and_leaves_the_author_a_copy(
    conversation: Conversation, agent: User, team_mate: User
) -> None:
    theirs = begun(agent, conversation, "Dear Inês, the blade")
    drafts.attach(agent, conversation, "reply", ContentFile(b"x", name="plan.txt"))
    begun(team_mate, conversation, "My own beginning")
    mine = drafts.go_on(team_mate, theirs)
    assert mine.text == "Dear Inês, the blade\n\nMy own beginning"
    assert [file.name for file in mine.files.all()] == ["plan.txt"]
    theirs.refresh_from_db()
    assert (theirs.text, theirs.continued_by) == ("Dear Inês, the blade", team_mate)
    told = Event.objects.get(name="draft.continued")
    assert (told.by, told.details["author"]) == (team_mate, agent.pk)
    verbs.reply(team_mate, conversation, Draft(text=mine.text, kept=mine))
    assert not KeptDraft.objects.exists()


def test_an_answer_to_one_letter_stands_in_its_line(receive: Receive, agent: User) -> None:
    letter = receive(Cc="ana@duarte-joinery.example")
    conversation = letter.conversation
    other = receive(
        "And I?",
        sender="Ana <ana@duarte-joinery.example>",
        Cc="ines@duarte-joinery.example",
        reply_to_id=letter.message_id,
    )
    draft = drafts.answer(agent, letter, "typed")
    assert (draft.to, draft.cc, draft.text, draft.answers) == (
        "ines@duarte-joinery.example",
        "ana@duarte-joinery.example",
        "typed",
        letter,
    )
    ours = verbs.reply(agent, conversation, Draft(text="Yes.", answers=letter, kept=draft))
    assert ours.in_reply_to == letter.message_id
    assert [one["email"] for one in ours.to] == ["ines@duarte-joinery.example"]
    assert verbs.reply(agent, conversation, Draft(text="Hi")).in_reply_to == other.message_id


def test_a_letter_of_ours_is_answered_to_those_it_went_to(
    conversation: Conversation, agent: User
) -> None:
    ours = verbs.reply(agent, conversation, Draft(text="Yes."))
    assert drafts.answer(agent, ours).to == "ines@duarte-joinery.example"


@pytest.fixture
def asked(receive: Receive, agent: User) -> Message:
    """Inês' question, forwarded to the workshop with her words and her file."""
    letter = receive("The blade hums at 50 Hz.")
    draft = drafts.forward(agent, letter)
    assert (draft.to, draft.forwards) == ("", True)
    sent = Draft(text="Can you look?", to=_to("w@workshop.example"), answers=letter, forwards=True)
    return verbs.reply(agent, letter.conversation, sent)


def _to(email: str) -> list[Address]:
    return [Address(email)]


def test_a_forwarded_letter_carries_the_words_and_no_thread_of_the_customer(
    asked: Message,
) -> None:
    assert asked.subject == "Fwd: Order 1204"
    assert (asked.in_reply_to, asked.references) == ("", [])
    assert asked.quoted == "The blade hums at 50 Hz."
    assert Conversation.objects.get().waiting_since is not None


def test_who_got_it_forwarded_answers_here_but_never_reads_the_line(
    asked: Message, receive: Receive, agent: User
) -> None:
    back = receive(
        "Change the belt.", sender="w@workshop.example", reply_to_id=asked.message_id, subject="Re"
    )
    assert back.conversation_id == asked.conversation_id
    ours = verbs.reply(agent, asked.conversation, Draft(text="Change the belt, please."))
    assert [one["email"] for one in ours.to] == ["ines@duarte-joinery.example"]
    assert Conversation.objects.get().waiting_since is None
    theirs = verbs.reply(agent, asked.conversation, Draft(text="Thanks.", answers=back))
    assert [one["email"] for one in theirs.to] == ["w@workshop.example"]
    assert asked.conversation.participants.get(address="w@workshop.example").aside


def test_their_answer_holds_no_letter_back_and_keeps_nobody_waiting(
    asked: Message, receive: Receive, agent: User
) -> None:
    verbs.reply(agent, asked.conversation, Draft(text="We look into it."))
    receive("Done.", sender="w@workshop.example", reply_to_id=asked.message_id, subject="Re")
    assert Conversation.objects.get().waiting_since is None


def test_files_go_to_the_server_as_they_are_chosen(
    conversation: Conversation, agent: User, signed_in: SignedIn, settings: object
) -> None:
    path = f"/conversations/{conversation.pk}/draft/files"
    browser = signed_in(agent)
    plan = SimpleUploadedFile("plan.txt", b"a plan")
    kept = browser.post(path, {"kind": "reply", "file": plan}).json()
    assert kept["name"] == "plan.txt"
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    refused = browser.post(
        path,
        {"kind": "reply", "file": SimpleUploadedFile("b.txt", b"x" * 1000)},
        headers={"HX-Request": "true"},
    )
    assert (refused.status_code, DraftFile.objects.count()) == (422, 1)
    assert "too large" in refused.content.decode()


def test_drafts_nobody_came_back_to_are_gone_in_time(
    conversation: Conversation, agent: User
) -> None:
    with clock.at(clock.now() - drafts.KEPT_FOR - timedelta(days=1)):
        begun(agent, conversation)
    assert drafts.sweep() == 1
    assert not KeptDraft.objects.exists()


def test_drafts_follow_when_two_conversations_become_one(
    conversation: Conversation, receive: Receive, agent: User
) -> None:
    other = receive("Another", subject="Another matter").conversation
    begun(agent, conversation, "One")
    begun(agent, other, "Two")
    verbs.join(agent, conversation, other)
    assert drafts_of(agent, other)["reply"].text == "Two\n\nOne"


def test_what_is_too_long_is_refused(conversation: Conversation, agent: User) -> None:
    with pytest.raises(Refusal) as refusal:
        begun(agent, conversation, "x" * (drafts.LONGEST + 1))
    assert refusal.value.code == "too-long"


def test_a_letter_refused_to_a_page_without_scripts_stays_a_draft(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    page = f"/conversations/{conversation.pk}"
    signed_in(agent).post(f"{page}/messages", {"kind": "reply", "text": "Dear Inês", "to": "no"})
    assert KeptDraft.objects.get(user=agent).text == "Dear Inês"
