"""A letter of ours and its time: it waits, can be called back or changed, and leaves.

Undo after «Send» and «Send later» are one thing: a planned letter. It is in the thread and nowhere
else. What an answer does to a conversation, and what follows from one, is done when it leaves, so
that calling it back has nothing to mend.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.channels.contract import Address
from heard.events.verbs import follow_later, record
from heard.inbox import findable
from heard.inbox.models import Conversation, KeptDraft, Message
from heard.inbox.moments import Leaving
from heard.inbox.verbs import drafts
from heard.inbox.verbs.addresses import aside, in_line
from heard.inbox.verbs.conduct import close, locked
from heard.inbox.verbs.receive import add_participants, preview_of
from heard.inbox.verbs.snoozing import snooze
from heard.inbox.verbs.wording import rewrite
from heard.refusal import Refusal

State = Message.State
PLAN = ("leaves_at", "leaves_said", "leaves_zone", "leaves_anyway")


@dataclass(frozen=True, slots=True)
class Then:
    """What is done with the conversation once the letter has left. until: while snoozed."""

    do: Literal["close", "snooze"]
    until: datetime | None = None

    def stored(self) -> dict[str, str | None]:
        """As the message keeps it."""
        return {"do": self.do, "until": self.until.isoformat() if self.until else None}


def take(conversation: Conversation, message: Message) -> None:
    """Whoever answers an unassigned conversation has it, from the moment they wrote."""
    if conversation.assignee_id is None and message.user is not None:
        conversation.assignee = message.user
        conversation.save(update_fields=["assignee"])
        message.took = True
        message.save(update_fields=["took"])


def plan(message: Message) -> None:
    """Let a letter wait for its time; call it inside the transaction that keeps the letter."""
    conversation = message.conversation
    record(
        "message.planned",
        by=message.user,
        conversation=conversation,
        message=message,
        topics=conversation.topics,
    )
    _follow(message)


def left(conversation: Conversation, message: Message, *, written: datetime | None = None) -> None:
    """All that a letter does by leaving: who takes part, who waits, and what follows.

    written: when it was, if others may have written since.
    """
    apart = _is_apart(conversation, message)
    _let_take_part(conversation, message, apart=apart)
    conversation.last_at, conversation.preview = message.at, preview_of(message)
    if not apart:
        conversation.waiting_since = _since(conversation, written)
    conversation.woke_why = ""
    conversation.save(update_fields=["last_at", "preview", "waiting_since", "woke_why"])
    record(
        "message.written",
        by=message.user,
        conversation=conversation,
        message=message,
        topics=conversation.topics,
    )
    _go_on(conversation, message)


@transaction.atomic
def depart(message_id: int, *, early: bool = False) -> bool:
    """Let a planned letter leave if its time has come; whether it did. Twice is the same as once.

    early: before its time too.
    """
    found = Message.objects.filter(pk=message_id, state=State.PLANNED).first()
    if found is None:
        return False
    conversation = locked(found.conversation)
    message = _planned(message_id)
    now = clock.now()
    if message is None or not (early or (message.leaves_at and message.leaves_at <= now)):
        return False
    written, message.at, message.queued_at = message.at, now, now
    message.state, message.leaves_at = State.QUEUED, None
    message.save(update_fields=["state", "at", "queued_at", "leaves_at"])
    findable.keep(message)
    if message.attachments.exists():
        conversation.hold_files()
    left(conversation, message, written=written)
    return True


@transaction.atomic
def recall(by: User, message: Message, typed: str = "") -> KeptDraft | None:
    """Call a planned letter back: its words and files are its author's draft again.

    typed: what stands in the composer of who calls it back, kept below the words. Raises Refusal
    (code "sent") when it has left.
    """
    conversation = locked(message.conversation)
    message = _waiting(message)
    draft = drafts.give_back(message, typed if by.pk == message.user_id else "")
    if message.took and conversation.assignee_id == message.user_id:
        conversation.assignee = None
        conversation.save(update_fields=["assignee"])
    _tell(by, conversation, message, "message.recalled", author=message.user_id)
    message.delete()
    return draft


@transaction.atomic
def replan(
    by: User, message: Message, *, leaves: Leaving | None = None, text: str | None = None
) -> Message:
    """Give a planned letter another time or other words; None leaves them.

    Raises Refusal (code "sent") when it has left.
    """
    conversation = locked(message.conversation)
    message = _waiting(message)
    rewrite(message, text=text, to=None)
    if leaves:
        message.leaves_at, message.leaves_anyway = leaves.at, leaves.anyway
        message.leaves_said, message.leaves_zone = leaves.said, leaves.zone
    message.save(update_fields=["text", "html", *PLAN])
    findable.keep(message)
    _tell(by, conversation, message, "message.replanned")
    _follow(message)
    return message


@transaction.atomic
def send_now(by: User, message: Message) -> None:
    """Let a planned letter leave before its time. Raises Refusal (code "sent") when it has left."""
    if not depart(message.pk, early=True):
        raise _gone()


def _planned(pk: int) -> Message | None:
    planned = Message.objects.select_for_update(of=("self",)).filter(pk=pk, state=State.PLANNED)
    return planned.select_related("conversation__inbox", "user").first()


def _waiting(message: Message) -> Message:
    found = _planned(message.pk)
    if found is None:
        raise _gone()
    return found


def _gone() -> Refusal:
    return Refusal("This letter has left already.", code="sent")


def _follow(message: Message) -> None:
    if message.leaves_at:
        follow_later("inbox.tasks.depart", at=message.leaves_at, message=message.pk)


def _tell(
    by: User, conversation: Conversation, message: Message, name: str, **details: Any
) -> None:
    topics = conversation.topics
    record(name, by=by, conversation=conversation, message=message, topics=topics, **details)


def _let_take_part(conversation: Conversation, message: Message, *, apart: bool) -> None:
    """Its readers may answer here; who only got it forwarded stands aside of the line."""
    to, cc = ([Address(**one) for one in group] for group in (message.to, message.cc))
    if not message.forwards:
        add_participants(conversation, [*to, *cc])
        if not apart:
            _let_in(conversation, message)
        return
    add_participants(conversation, cc)
    known = set(conversation.participants.values_list("address", flat=True))
    add_participants(conversation, to)
    new = {one.email.lower() for one in to} - known
    conversation.participants.filter(address__in=new).update(aside=True)


def _let_in(conversation: Conversation, message: Message) -> None:
    """Whoever reads what the customer reads stands aside no longer."""
    readers = {one["email"].lower() for one in (*message.to, *message.cc)}
    conversation.participants.filter(aside=True, address__in=readers).update(aside=False)


def _is_apart(conversation: Conversation, message: Message) -> bool:
    """Whether it is no answer to the customer: passed on, or to those alone who stand aside."""
    readers = {one["email"].lower() for one in (*message.to, *message.cc)}
    return message.forwards or readers <= set(aside(conversation))


def _since(conversation: Conversation, written: datetime | None) -> datetime | None:
    """The customer waits no longer, or since what they wrote while the letter waited.

    What a colleague has answered meanwhile is answered.
    """
    if written is None or conversation.waiting_since is None:
        return None
    asked = conversation.messages.filter(kind=Message.Kind.INBOUND, automatic="")
    later = asked.filter(at__gt=written, at__gte=conversation.waiting_since)
    first = in_line(conversation, later).order_by("at").first()
    return first.at if first else None


def _go_on(conversation: Conversation, message: Message) -> None:
    """What its author wanted done once it has left, unless the customer waits again."""
    then, author = message.then, message.user
    if not then or conversation.waiting_since is not None:
        return
    if then["do"] == "close":
        close(author, conversation)
    elif author is not None:
        _snooze(author, conversation, then["until"])


def _snooze(by: User, conversation: Conversation, until: str | None) -> None:
    # A rest that would have ended before the letter left is none.
    with suppress(Refusal):
        snooze(by, conversation, datetime.fromisoformat(until) if until else None)
