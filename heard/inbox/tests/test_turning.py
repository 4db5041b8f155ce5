"""A draft that is turned to another letter, taken over, or taken up again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile

from heard import clock
from heard.accounts.models import User
from heard.conftest import Receive
from heard.inbox import moments, verbs
from heard.inbox.models import Attachment, Conversation, KeptDraft, Message
from heard.inbox.verbs import Draft, drafts
from heard.inbox.verbs.drafts import Words, drafts_of
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
OWN = "own words"


def with_file(message: Message, name: str) -> Message:
    """The letter, with a file of this name."""
    content = ContentFile(name.encode(), name=name)
    kind = "application/pdf"
    Attachment.objects.create(
        message=message, name=name, content_type=kind, size=len(name), file=content
    )
    return message


@pytest.fixture
def invoice(receive: Receive) -> Message:
    """Inês sends her invoice."""
    return with_file(receive("The invoice."), "invoice.pdf")


def files_of(draft: KeptDraft) -> list[str]:
    return sorted(file.name for file in draft.files.all())


def test_forward_pressed_twice_encloses_every_file_once(invoice: Message, agent: User) -> None:
    for _ in range(2):
        draft = drafts.forward(agent, invoice)
    assert files_of(draft) == ["invoice.pdf"]
    with draft.files.get().file.open() as content:
        assert content.read() == b"invoice.pdf"


def test_an_answer_begun_after_a_forward_keeps_ones_own_files_alone(
    invoice: Message, agent: User
) -> None:
    conversation = invoice.conversation
    drafts.attach(agent, conversation, "reply", ContentFile(b"x", name="plan.txt"))
    assert files_of(drafts.forward(agent, invoice)) == ["invoice.pdf", "plan.txt"]
    assert files_of(drafts.answer(agent, invoice)) == ["plan.txt"]


def test_another_letter_forwarded_takes_its_own_files_along(
    invoice: Message, agent: User, receive: Receive
) -> None:
    other = with_file(receive("And the offer.", reply_to_id=invoice.message_id), "offer.pdf")
    drafts.forward(agent, invoice)
    assert files_of(drafts.forward(agent, other)) == ["offer.pdf"]


def test_an_answer_called_back_over_a_forward_has_none_of_its_files(
    invoice: Message, agent: User
) -> None:
    soon = moments.soon(clock.now(), 10)
    ours = verbs.reply(agent, invoice.conversation, Draft(text="Paid.", leaves=soon))
    drafts.forward(agent, invoice)
    draft = verbs.recall(agent, ours)
    assert draft and (draft.forwards, files_of(draft)) == (False, [])


def test_a_colleague_s_answer_continued_over_a_forward_has_none_of_its_files(
    invoice: Message, agent: User, team_mate: User
) -> None:
    theirs = drafts.answer(agent, invoice, "Dear Inês")
    drafts.forward(team_mate, invoice)
    assert files_of(drafts.go_on(team_mate, theirs)) == []


def test_more_files_than_a_letter_takes_are_not_enclosed(
    invoice: Message, agent: User, settings: object
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 12  # type: ignore[attr-defined]
    drafts.attach(agent, invoice.conversation, "reply", ContentFile(b"xx", name="plan.txt"))
    with pytest.raises(Refusal) as refusal:
        drafts.forward(agent, invoice)
    assert refusal.value.code == "too-large"
    draft = drafts_of(agent, invoice.conversation)["reply"]
    assert (draft.forwards, files_of(draft)) == (False, ["plan.txt"])


def _answers(agent: User, ours: Message) -> None:
    drafts.answer(agent, ours.conversation.messages.earliest("pk"))


def _attaches(agent: User, ours: Message) -> None:
    drafts.attach(agent, ours.conversation, "reply", ContentFile(b"x", name="plan.txt"))


def _calls_back(agent: User, ours: Message) -> None:
    verbs.recall(agent, ours)


@pytest.mark.parametrize("goes_on", [_answers, _attaches, _calls_back])
def test_what_its_author_takes_up_again_does_not_go_with_the_colleague_s_letter(
    conversation: Conversation,
    agent: User,
    team_mate: User,
    goes_on: Callable[[User, Message], None],
) -> None:
    soon = moments.soon(clock.now(), 10)
    ours = verbs.reply(agent, conversation, Draft(text="First.", leaves=soon))
    draft = drafts.keep(agent, conversation, "reply", Words(text=OWN))
    assert draft is not None
    mine = drafts.go_on(team_mate, draft)
    goes_on(agent, ours)
    verbs.reply(team_mate, conversation, Draft(text=mine.text, kept=mine))
    assert OWN in drafts_of(agent, conversation)["reply"].text
