"""A letter finds its conversation, and only where its sender takes part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from heard.accounts.models import User
from heard.channels.contract import Address
from heard.channels.email import parse
from heard.channels.email.addresses import reply_address
from heard.conftest import Letter, Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft

pytestmark = pytest.mark.django_db

OTHER = "Bruno Faria <bruno@faria.example>"
FIRST = "first@duarte-joinery.example"
Answer = Callable[[Message, Message], dict[str, str]]


@pytest.fixture
def answered(receive: Receive, agent: User) -> tuple[Message, Message]:
    """Inês has asked, and Tom has answered her."""
    asked = receive(message_id=f"<{FIRST}>")
    return asked, verbs.reply(agent, asked.conversation, Draft(text="It left on Monday."))


def by_our_token(_asked: Message, ours: Message) -> dict[str, str]:
    return {"reply_to_id": ours.message_id, "subject": "Something else"}


def by_a_token_in_other_case(_asked: Message, ours: Message) -> dict[str, str]:
    return {"reply_to_id": ours.message_id.upper(), "subject": "Something else"}


def by_a_token_alone(_asked: Message, ours: Message) -> dict[str, str]:
    kept, _, host = ours.message_id.rpartition("@")
    return {"reply_to_id": f"{kept[:-6]}aaaaaa@{host}", "subject": "Something else"}


def by_reply_address(_asked: Message, ours: Message) -> dict[str, str]:
    tagged = reply_address("support@larkfield.example", ours.conversation.token)
    return {"to": tagged, "subject": "Something else"}


def by_the_first_letter(asked: Message, _ours: Message) -> dict[str, str]:
    return {"reply_to_id": asked.message_id, "subject": "Something else"}


def by_a_letter_in_references_only(asked: Message, _ours: Message) -> dict[str, str]:
    return {"References": f"<unknown@x.example> <{asked.message_id}>", "subject": "Else"}


def by_subject(_asked: Message, _ours: Message) -> dict[str, str]:
    return {"subject": "AW: Re[2]: order 1204"}


@pytest.mark.parametrize(
    "answer",
    [
        by_our_token,
        by_a_token_in_other_case,
        by_a_token_alone,
        by_reply_address,
        by_the_first_letter,
        by_a_letter_in_references_only,
        by_subject,
    ],
)
def test_an_answer_lands_in_its_conversation(
    answered: tuple[Message, Message], receive: Receive, answer: Answer
) -> None:
    asked, ours = answered
    came = receive("Thank you", **answer(asked, ours))
    assert came.conversation_id == asked.conversation_id
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize(
    "answer", [by_our_token, by_reply_address, by_the_first_letter, by_a_letter_in_references_only]
)
def test_somebody_else_who_names_a_thread_gets_a_conversation_of_their_own(
    answered: tuple[Message, Message], receive: Receive, answer: Answer
) -> None:
    asked, ours = answered
    came = receive("I saw your letters", sender=OTHER, **answer(asked, ours))
    assert came.conversation_id != asked.conversation_id
    assert came.conversation.may_belong_to_id == asked.conversation_id
    assert "takes no part" in came.conversation.may_belong_why


def test_somebody_else_with_the_same_subject_has_nothing_to_do_with_it(
    answered: tuple[Message, Message], receive: Receive
) -> None:
    came = receive(sender=OTHER)
    assert came.conversation_id != answered[0].conversation_id
    assert came.conversation.may_belong_to is None


def test_two_letters_that_share_an_ancestor_we_never_saw_belong_together(receive: Receive) -> None:
    first = receive(References="<root@duarte.example> <one@duarte.example>", subject="A")
    second = receive(References="<root@duarte.example> <two@duarte.example>", subject="B")
    assert first.conversation_id == second.conversation_id


def test_of_two_conversations_with_one_ancestor_the_sender_s_own_is_taken(receive: Receive) -> None:
    own = receive("Mine", subject="A", References="<root@list.example>")
    theirs = receive("Mine too", subject="A", sender=OTHER, References="<root@list.example>")
    again = receive("More", subject="B", References="<root@list.example>")
    assert theirs.conversation_id != own.conversation_id
    assert again.conversation_id == own.conversation_id


def test_a_participant_in_copy_may_answer(receive: Receive) -> None:
    asked = receive(Cc=OTHER)
    came = receive("And I wonder too", sender=OTHER, reply_to_id=asked.message_id)
    assert came.conversation_id == asked.conversation_id


def test_whoever_we_wrote_to_may_answer(
    answered: tuple[Message, Message], receive: Receive, agent: User
) -> None:
    conversation = answered[0].conversation
    draft = Draft(text="Bruno, can you look?", to=[Address("Bruno@Faria.example")])
    ours = verbs.reply(agent, conversation, draft)
    came = receive("I can", sender=OTHER, reply_to_id=ours.message_id)
    assert came.conversation_id == conversation.pk


@pytest.mark.parametrize(("days", "joined"), [(29, True), (31, False)])
def test_a_subject_joins_only_for_a_month(
    conversation: Conversation, inbox: Inbox, letter: Letter, days: int, joined: bool
) -> None:
    at = datetime(2026, 3, 2, 9, 1, tzinfo=UTC) + timedelta(days=days)
    came = verbs.receive(inbox, parse(letter("Still waiting")), at=at)
    assert (came.conversation_id == conversation.pk) == joined


def test_joining_by_subject_can_be_switched_off(receive: Receive, inbox: Inbox) -> None:
    Inbox.objects.update(join_by_subject=False)
    inbox.refresh_from_db()
    first, second = receive(), receive("And another")
    assert first.conversation_id != second.conversation_id


@pytest.mark.parametrize("subject", ["", "Re:", "AW: Re:"])
def test_letters_without_a_subject_are_not_thrown_together(receive: Receive, subject: str) -> None:
    assert receive(subject=subject).conversation_id != receive(subject=subject).conversation_id


@pytest.mark.parametrize("prefix", ["Fwd:", "WG:", "TR:", "Fw: Re:", "VB:"])
def test_what_is_passed_on_is_a_matter_of_its_own(
    conversation: Conversation, receive: Receive, prefix: str
) -> None:
    came = receive("See below", subject=f"{prefix} Order 1204")
    assert came.conversation_id != conversation.pk
    assert came.conversation.may_belong_to_id == conversation.pk


def test_letters_without_a_sender_have_nothing_in_common(inbox: Inbox) -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    first = verbs.receive(inbox, parse(b"Subject: Order\r\n\r\nOne"), at=at)
    answer = b"Subject: Order\r\nIn-Reply-To: <" + first.message_id.encode() + b">\r\n\r\nTwo"
    second = verbs.receive(inbox, parse(answer), at=at)
    assert first.conversation_id != second.conversation_id


def test_a_conversation_of_another_inbox_takes_its_customer_s_answer(
    answered: tuple[Message, Message], receive: Receive, other_inbox: Inbox
) -> None:
    asked, ours = answered
    came = receive("Also this", box=other_inbox, reply_to_id=ours.message_id)
    assert came.conversation_id == asked.conversation_id
    assert other_inbox.pk in came.conversation.inbox_ids
