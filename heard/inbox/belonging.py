"""Which conversation a letter belongs to, and how we know.

In order: the very letter of ours that it answers, our own token in a Message-ID, the token in the
address it was sent to, an ancestor it shares with a letter we keep, then subject and sender within
a time limit. A letter joins only a conversation that its sender takes part in: quoting somebody
else's thread opens a new conversation with a hint instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from heard.channels.contract import Inbound
from heard.channels.email.message_id import token_of
from heard.channels.email.subject import is_forward
from heard.channels.email.thread import thread_keys
from heard.inbox.models import Conversation, Heir, Inbox, Message, Participant

SUBJECT_DAYS = 30
# Letters looked at for a shared ancestor; a thread's newest ones decide.
KIN = 50
# Of our own letters that a letter refers to, the newest ones decide.
NEAREST = 5
OURS = "It answers one of our letters."


@dataclass(frozen=True, slots=True)
class Named:
    """A conversation that a letter's header names, and how."""

    to: Conversation
    why: str


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
    ancestors = [key.value for key in keys if key.kind == "reference"]
    named = [*by_letter(ancestors), *by_token(tokens), *by_ancestor(ancestors)]
    admitted = admitting([one.to for one in named], inbound.sender.email)
    if found := next((one for one in named if one.to.pk in admitted), None):
        return Belonging(to=found.to, why=found.why)
    if named:
        return Belonging(may=named[0].to, why=f"{named[0].why} Its sender takes no part in it.")
    subject = next((key.value for key in keys if key.kind == "subject"), "")
    return by_subject(inbox, inbound, subject, now)


def admitting(candidates: Sequence[Conversation], address: str) -> set[int]:
    """The ids of those that this address takes part in: no other lets its letters in."""
    if not candidates:
        return set()
    taking_part = Participant.objects.filter(conversation__in=candidates, address=address.lower())
    return set(taking_part.values_list("conversation_id", flat=True))


def by_letter(ancestors: Sequence[str]) -> list[Named]:
    """The conversations in which our letters among these are kept, the nearest ancestor's first.

    They need not be those whose token the letters carry: a conversation may have been split.
    """
    ours = [ancestor for ancestor in ancestors if token_of(ancestor)][:NEAREST]
    if not ours:
        return []
    kept = Message.objects.filter(message_id__in=ours, kind=Message.Kind.OUTBOUND)
    found = {one.message_id: one.conversation for one in kept.select_related("conversation")}
    return [Named(found[ancestor], OURS) for ancestor in ours if ancestor in found]


def by_token(tokens: Sequence[str]) -> list[Named]:
    """The conversations with these tokens of ours, or their heirs, in the order of the tokens."""
    if not tokens:
        return []
    found = {one.token: one for one in Conversation.objects.filter(token__in=tokens)}
    if missing := set(tokens) - set(found):
        heirs = Heir.objects.filter(token__in=missing).select_related("conversation")
        found |= {heir.token: heir.conversation for heir in heirs}
    return [Named(found[token], OURS) for token in tokens if token in found]


def by_ancestor(ancestors: Sequence[str]) -> list[Named]:
    """The conversations that keep one of these letters, or one that shares them; newest first."""
    if not ancestors:
        return []
    kin = Message.objects.filter(
        Q(message_id__in=ancestors) | Q(references__overlap=list(ancestors))
    )
    nearest = kin.select_related("conversation").order_by("-at", "-id")[:KIN]
    found = dict.fromkeys(message.conversation for message in nearest)
    return [Named(one, "It refers to a letter of this conversation.") for one in found]


def by_subject(inbox: Inbox, inbound: Inbound, subject: str, now: datetime) -> Belonging:
    """A recent conversation of the same sender with the same subject, if the inbox allows it.

    What somebody passes on ("Fwd:", "WG:") is a matter of its own and gets only a hint.
    """
    if not (inbox.join_by_subject and subject):
        return Belonging()
    recent = Conversation.objects.filter(
        inbox=inbox,
        subject_key=subject[:200],
        last_at__gte=now - timedelta(days=SUBJECT_DAYS),
        participants__address=inbound.sender.email.lower(),
    )
    pk = recent.order_by("-last_at").values_list("pk", flat=True).first()
    if pk is None:
        return Belonging()
    found = Conversation.objects.get(pk=pk)
    if is_forward(inbound.subject):
        return Belonging(may=found, why="Same sender and subject, but passed on.")
    return Belonging(to=found, why="Same sender and subject.")
