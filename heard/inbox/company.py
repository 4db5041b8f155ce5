"""Who else is at a conversation: looking, writing, or with a draft begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from heard import clock
from heard.accounts.models import User
from heard.inbox.models import Conversation, DraftFile, KeptDraft, Presence
from heard.inbox.models.presence import LASTS


@dataclass(frozen=True, slots=True)
class Companion:
    """A colleague who is here. until: when they count as gone, or as no longer writing."""

    name: str
    writing: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class Company:
    """The colleagues who are here, and what colleagues have begun to write, here or not."""

    people: tuple[Companion, ...]
    drafts: tuple[KeptDraft, ...]

    @property
    def is_empty(self) -> bool:
        """Whether one is alone with the conversation."""
        return not self.people and not self.drafts


def company_at(user: User, conversation: Conversation) -> Company:
    """Everybody at a conversation but this person."""
    now = clock.now()
    here = Presence.objects.filter(conversation=conversation, at__gt=now - LASTS).exclude(user=user)
    people = [_companion(one, now) for one in here.select_related("user").order_by("user__name")]
    return Company(tuple(people), tuple(_drafts(user, conversation)))


def _companion(one: Presence, now: datetime) -> Companion:
    writing = one.is_writing(now)
    ends = one.writing_until if writing else None
    return Companion(one.user.name, writing, ends or one.until)


def _drafts(user: User, conversation: Conversation) -> list[KeptDraft]:
    """Those with something in them that nobody has taken over already."""
    has_files = Exists(DraftFile.objects.filter(draft=OuterRef("pk")))
    begun = KeptDraft.objects.filter(~Q(text="") | Q(has_files), conversation=conversation)
    found = begun.filter(continued_by=None).exclude(user=user).select_related("user")
    return list(found.order_by("user__name", "kind"))
