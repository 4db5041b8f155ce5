"""Splitting: some letters of a conversation become one of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from heard.accounts.models import User
from heard.channels.contract import Address
from heard.channels.email.subject import subject_key
from heard.events.verbs import record
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.link import link
from heard.inbox.verbs.moving import LETTERS, move, settle_anew
from heard.inbox.verbs.receive import add_participants
from heard.refusal import Refusal


@transaction.atomic
def split(
    by: User, conversation: Conversation, messages: Collection[int], subject: str = ""
) -> Conversation:
    """Make a conversation of these messages, by their ids, and return it; both are linked.

    subject: left out, the first letter's own. Whoever has the old one has the new one. join()
    brings them together again. Raises Refusal when no letter is chosen, or none would stay.
    """
    source = locked(conversation)
    chosen = list(source.messages.filter(pk__in=messages).order_by("at", "id"))
    _check(source, chosen)
    made = _begin(source, chosen, " ".join(subject.split())[:500])
    move([one.pk for one in chosen], made)
    add_participants(made, [person for message in chosen for person in _people(message)])
    for one, other in ((source, made), (made, source)):
        settle_anew(one)
        record("conversation.split", by=by, conversation=one, topics=one.topics, other=other.pk)
    link(by, made, source)
    return made


def _check(source: Conversation, chosen: Sequence[Message]) -> None:
    if not any(one.kind in LETTERS for one in chosen):
        says = "Choose at least one letter, from the customer or to them."
        raise Refusal(says, code="none", field="messages")
    rest = source.messages.filter(kind__in=LETTERS).exclude(pk__in=[one.pk for one in chosen])
    if not rest.exists():
        says = "Every letter is chosen. Leave at least one here."
        raise Refusal(says, code="all", field="messages")


def _begin(source: Conversation, chosen: Sequence[Message], subject: str) -> Conversation:
    letters = [one for one in chosen if one.kind in LETTERS]
    contact = next((one.contact for one in letters if one.contact), source.contact)
    subject = subject or letters[0].subject[:500] or source.subject
    return Conversation.objects.create(
        inbox=source.inbox,
        inbox_ids=source.inbox_ids,
        contact=contact,
        subject=subject,
        subject_key=subject_key(subject)[:200],
        assignee=source.assignee,
        team=source.team,
        analyse=source.analyse,
        opened_at=letters[0].at,
        last_at=letters[-1].at,
    )


def _people(message: Message) -> list[Address]:
    """Everybody a letter came from and went to."""
    author = Address(message.author_address, message.author_name)
    return [author, *(Address(**one) for one in (*message.to, *message.cc))]
