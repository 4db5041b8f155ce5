"""Which conversation a letter belongs to, and how we know.

In order: our own token in a Message-ID it answers, the token in the address it was sent to, an
ancestor it shares with a letter we keep, then subject and sender within a time limit. A letter
joins only a conversation that its sender takes part in: quoting somebody else's thread opens a
new conversation with a hint instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from heard.channels.contract import Inbound
from heard.channels.email.thread import thread_keys
from heard.inbox.models import Conversation, Inbox, Message, Participant

SUBJECT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a letter goes: `to`, or a new conversation that `may` belong to another; `why`."""

    to: Conversation | None = None
    may: Conversation | None = None
    why: str = ""


def place(inbox: Inbox, inbound: Inbound, recipients: Sequence[str], now: datetime) -> Belonging:
    """Find the conversation of a letter that came to `inbox` for `recipients` at `now`."""
    keys = thread_keys(inbound, recipients)
    tokens = [key.value for key in keys if key.kind in {"token", "address"}]
    if found := by_token(tokens):
        return admit(found, inbound, "It answers one of our letters.")
    if found := by_ancestor([key.value for key in keys if key.kind == "reference"]):
        return admit(found, inbound, "It refers to a letter of this conversation.")
    subject = next((key.value for key in keys if key.kind == "subject"), "")
    return by_subject(inbox, inbound, subject, now)


def admit(found: Conversation, inbound: Inbound, why: str) -> Belonging:
    """Let a letter in if its sender takes part; otherwise only hint."""
    address = inbound.sender.email.lower()
    if Participant.objects.filter(conversation=found, address=address).exists():
        return Belonging(to=found, why=why)
    return Belonging(may=found, why=f"{why} Its sender takes no part in it.")


def by_token(tokens: Sequence[str]) -> Conversation | None:
    """The conversation of the first of these tokens that is one of ours."""
    if not tokens:
        return None
    found = {one.token: one for one in Conversation.objects.filter(token__in=tokens)}
    return next((found[token] for token in tokens if token in found), None)


def by_ancestor(ancestors: Sequence[str]) -> Conversation | None:
    """The conversation that keeps one of these letters, or a letter that shares one of them."""
    if not ancestors:
        return None
    kin = Message.objects.filter(
        Q(message_id__in=ancestors) | Q(references__overlap=list(ancestors))
    )
    nearest = kin.select_related("conversation").order_by("-at").first()
    return nearest.conversation if nearest else None


def by_subject(inbox: Inbox, inbound: Inbound, subject: str, now: datetime) -> Belonging:
    """A recent conversation of the same sender with the same subject, if the inbox allows it."""
    if not (inbox.join_by_subject and subject):
        return Belonging()
    recent = Conversation.objects.filter(
        inbox=inbox,
        subject_key=subject[:200],
        last_at__gte=now - timedelta(days=SUBJECT_DAYS),
        participants__address=inbound.sender.email.lower(),
    )
    found = recent.order_by("-last_at").first()
    return Belonging(to=found, why="Same sender and subject.") if found else Belonging()
