"""A letter and its time: undo, send later, and the customer who writes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import departures, moments, verbs
from heard.inbox.models import Attachment, Conversation, DraftFile, KeptDraft, Message
from heard.inbox.verbs import Draft, Then, drafts, leaving
from heard.inbox.verbs.drafts import Words
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TUESDAY = moments.Leaving(at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))


@pytest.fixture
def planned(conversation: Conversation, agent: User) -> Message:
    """Tom's answer, which is to leave on Tuesday at nine."""
    with clock.at(NOW):
        return verbs.reply(agent, conversation, Draft(text="It left today.", leaves=TUESDAY))


def jobs(task: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=task, status="todo").count()


def now_of(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_until_it_leaves_nothing_follows_and_the_customer_waits(planned: Message) -> None:
    assert planned.state == Message.State.PLANNED
    assert Conversation.objects.get().waiting_since is not None
    assert jobs("gateway.tasks.deliver") == 0
    assert jobs("inbox.tasks.depart") == 1
    assert not Event.objects.filter(name="message.written").exists()


def test_it_does_not_leave_before_its_time(planned: Message) -> None:
    with clock.at(TUESDAY.at - timedelta(seconds=1)):
        assert leaving.depart(planned.pk) is False
    assert now_of(planned).state == Message.State.PLANNED


def test_it_leaves_once_and_all_an_answer_does_is_done_then(planned: Message, agent: User) -> None:
    with clock.at(TUESDAY.at):
        assert leaving.depart(planned.pk) is True
        assert leaving.depart(planned.pk) is False
    assert (now_of(planned).state, planned.at) == (Message.State.QUEUED, TUESDAY.at)
    conversation = Conversation.objects.get()
    assert (conversation.waiting_since, conversation.last_at) == (None, TUESDAY.at)
    assert conversation.assignee == agent
    assert jobs("gateway.tasks.deliver") == 1
    assert Event.objects.filter(name="message.written", by=agent).count() == 1


def test_one_whose_job_was_lost_leaves_with_the_next_sweep(planned: Message) -> None:
    ProcrastinateJob.objects.all().delete()
    with clock.at(TUESDAY.at + timedelta(minutes=1)):
        assert departures.sweep() == 1
        assert departures.sweep() == 0


def test_undo_gives_everything_back(conversation: Conversation, agent: User) -> None:
    before = Conversation.objects.values().get()
    file = ContentFile(b"a plan", name="plan.txt")
    sent = Draft(
        text="Too soon.",
        to=[Address("workshop@duarte.example")],
        cc=[Address("ana@duarte.example")],
        bcc=[Address("boss@larkfield.example")],
        files=[file],
        leaves=moments.soon(clock.now(), 10),
    )
    message = verbs.reply(agent, conversation, sent)
    draft = verbs.recall(agent, message)
    assert Conversation.objects.values().get() == before
    assert not Message.objects.filter(kind=Message.Kind.OUTBOUND).exists()
    assert draft is not None
    assert (draft.text, draft.to, draft.cc) == (
        "Too soon.",
        "workshop@duarte.example",
        "ana@duarte.example",
    )
    assert draft.bcc == "boss@larkfield.example"
    kept = DraftFile.objects.get(draft=draft)
    with kept.file.open() as bytes_:
        assert (kept.name, bytes_.read()) == ("plan.txt", b"a plan")


def test_what_was_begun_meanwhile_stays_below_the_words(planned: Message, agent: User) -> None:
    drafts.keep(agent, planned.conversation, "reply", Words(text="And another thing"))
    draft = verbs.recall(agent, planned, "And another thing, newer")
    assert draft and draft.text == "It left today.\n\nAnd another thing, newer"


def test_a_colleague_who_stops_a_letter_gives_the_words_to_its_author(
    planned: Message, agent: User, team_mate: User
) -> None:
    draft = verbs.recall(team_mate, planned, "what Priya types")
    assert draft and (draft.user, draft.text) == (agent, "It left today.")
    told = Event.objects.get(name="message.recalled")
    assert (told.by, told.details["author"]) == (team_mate, agent.pk)


def test_what_has_left_is_not_called_back(planned: Message, agent: User) -> None:
    verbs.send_now(agent, planned)
    for late in (verbs.recall, verbs.send_now):
        with pytest.raises(Refusal) as refusal:
            late(agent, planned)
        assert refusal.value.code == "sent"


def test_a_recalled_letter_that_is_due_sends_nothing(planned: Message, agent: User) -> None:
    verbs.recall(agent, planned)
    with clock.at(TUESDAY.at):
        assert leaving.depart(planned.pk) is False


def test_when_the_customer_writes_first_it_is_a_draft_again(
    planned: Message, agent: User, receive: Receive
) -> None:
    receive("Never mind, it came.", reply_to_id="letter-1@duarte-joinery.example")
    assert not Message.objects.filter(pk=planned.pk).exists()
    assert KeptDraft.objects.get(user=agent).text == "It left today."
    told = Event.objects.get(name="message.held-back")
    assert (told.details["author"], told.details["wrote"]) == (agent.pk, "Inês Duarte")


@pytest.mark.parametrize("header", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}])
def test_a_machine_holds_nothing_back(
    planned: Message, receive: Receive, header: dict[str, str]
) -> None:
    receive("Away.", reply_to_id="letter-1@duarte-joinery.example", **header)
    assert now_of(planned).state == Message.State.PLANNED


def test_who_wanted_it_sent_anyway_is_obeyed(
    conversation: Conversation, agent: User, receive: Receive
) -> None:
    anyway = moments.Leaving(at=TUESDAY.at, anyway=True)
    with clock.at(NOW - timedelta(hours=1, minutes=-1)):
        message = verbs.reply(agent, conversation, Draft(text="Yes.", leaves=anyway))
    asked = receive("And the key?", reply_to_id="letter-1@duarte-joinery.example")
    with clock.at(TUESDAY.at):
        assert leaving.depart(message.pk)
    # They asked after it was written: that is still to be answered.
    assert Conversation.objects.get().waiting_since == asked.at


@pytest.fixture
def anyway(conversation: Conversation, agent: User) -> Message:
    """Tom's answer, to leave on Tuesday whoever writes first, and to close the conversation."""
    leaves = moments.Leaving(at=TUESDAY.at, anyway=True)
    with clock.at(conversation.last_at + timedelta(seconds=1)):
        return verbs.reply(
            agent, conversation, Draft(text="Yes.", leaves=leaves, then=Then("close"))
        )


@pytest.mark.parametrize("again", [False, True])
def test_what_a_colleague_has_answered_meanwhile_waits_for_nobody(
    anyway: Message, team_mate: User, receive: Receive, again: bool
) -> None:
    asked = receive("And the key?", reply_to_id="letter-1@duarte-joinery.example")
    with clock.at(asked.at + timedelta(seconds=1)):
        verbs.reply(team_mate, asked.conversation, Draft(text="In the box."))
    if again:
        asked = receive("Which box?", reply_to_id="letter-1@duarte-joinery.example")
    with clock.at(TUESDAY.at):
        assert leaving.depart(anyway.pk)
    conversation = Conversation.objects.get()
    assert conversation.waiting_since == (asked.at if again else None)
    assert conversation.is_open is again


def test_who_was_asked_aside_waits_for_nothing_however_their_address_is_written(
    anyway: Message, agent: User, receive: Receive
) -> None:
    conversation = anyway.conversation
    letter, bob = conversation.messages.earliest("pk"), [Address("bob@partner.example")]
    with clock.at(anyway.at):
        sent = Draft(text="Can you look?", to=bob, answers=letter, forwards=True)
        asked = verbs.reply(agent, conversation, sent)
    receive("Done.", sender="Bob@Partner.example", reply_to_id=asked.message_id, subject="Re")
    with clock.at(TUESDAY.at):
        assert leaving.depart(anyway.pk)
    assert Conversation.objects.get().waiting_since is None


@pytest.mark.parametrize(("wrote", "status"), [(False, "closed"), (True, "open")])
def test_closing_waits_for_the_letter_and_leaves_no_question_behind(
    conversation: Conversation, agent: User, receive: Receive, wrote: bool, status: str
) -> None:
    soon = moments.Leaving(at=NOW, anyway=True)
    with clock.at(conversation.last_at + timedelta(seconds=1)):
        message = verbs.reply(
            agent, conversation, Draft(text="Yes.", leaves=soon, then=Then("close"))
        )
    assert Conversation.objects.get().is_open
    if wrote:
        receive("One more thing", reply_to_id="letter-1@duarte-joinery.example")
    with clock.at(NOW):
        leaving.depart(message.pk)
    assert Conversation.objects.get().status == status


def test_another_time_and_other_words(planned: Message, agent: User) -> None:
    later = moments.Leaving(at=TUESDAY.at + timedelta(hours=1))
    verbs.replan(agent, planned, leaves=later, text="It left **yesterday**.")
    assert "<strong>yesterday</strong>" in now_of(planned).html
    with clock.at(TUESDAY.at):
        assert leaving.depart(planned.pk) is False
    with clock.at(later.at):
        assert leaving.depart(planned.pk) is True


def test_who_has_left_the_house_loses_no_letter(planned: Message, receive: Receive) -> None:
    Message.objects.filter(pk=planned.pk).update(user=None)
    receive("Never mind.", reply_to_id="letter-1@duarte-joinery.example")
    assert now_of(planned).state == Message.State.FAILED
    assert planned.state_note.startswith("Inês Duarte wrote before")


def test_new_rules_of_a_zone_move_the_moment_not_the_hour(
    conversation: Conversation, agent: User
) -> None:
    with clock.at(NOW):
        leaves = moments.chosen("2026-03-03T09:00", "Europe/Lisbon", NOW)
        message = verbs.reply(agent, conversation, Draft(text="Yes.", leaves=leaves))
        Message.objects.filter(pk=message.pk).update(leaves_at=leaves.at + timedelta(hours=1))
        assert departures.set_clocks() == 1
        assert now_of(message).leaves_at == leaves.at
        assert departures.set_clocks() == 0


def test_files_of_a_letter_change_hands_without_being_copied(
    conversation: Conversation, agent: User
) -> None:
    kept = drafts.attach(agent, conversation, "reply", ContentFile(b"a plan", name="plan.txt"))
    draft = drafts.draft_of(agent, conversation, "reply")
    message = verbs.reply(
        agent, conversation, Draft(text="", kept=draft, leaves=moments.soon(clock.now(), 10))
    )
    (file,) = Attachment.objects.filter(message=message)
    assert file.file.name == kept.file.name
    assert not KeptDraft.objects.exists()
    verbs.recall(agent, message)
    assert DraftFile.objects.get().file.name == kept.file.name
    with DraftFile.objects.get().file.open() as bytes_:
        assert bytes_.read() == b"a plan"
