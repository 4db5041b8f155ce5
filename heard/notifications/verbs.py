"""Tell people of what happened, once each, and in the ways they wish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.events.verbs import follow_later
from heard.inbox.models import Conversation, Message
from heard.live.notices import publish_on_commit
from heard.notifications.models import Digest, Kind, Notification, Preferences, Subscription, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What people are told of. at: when it happened, the same however often it is told."""

    kind: Kind
    event: str
    conversation: Conversation
    at: datetime
    by: User | None = None
    message: Message | None = None
    preview: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def tell(happening: Happening, people: Iterable[User]) -> list[Notification]:
    """Keep a notification for each of these people but the one who did it; those that are new.

    Telling it again tells nobody twice.
    """
    wishes = _wishes(one for one in people if one != happening.by)
    known = Notification.objects.filter(
        conversation=happening.conversation, kind=happening.kind, at=happening.at
    ).values_list("user", flat=True)
    for pk in known:
        wishes.pop(pk, None)
    made = Notification.objects.bulk_create(
        [_made(happening, wish) for wish in wishes.values() if _is_wanted(happening, wish)]
    )
    _tell_pages(one.user_id for one in made)
    _push(made, wishes)
    return made


def read_in(user: User, conversation: Conversation) -> int:
    """Whoever reads a conversation has read what they were told of it; how many that were."""
    return _read(user, Notification.objects.filter(conversation=conversation))


def read_all(user: User) -> int:
    """Mark everything as read; how many there were."""
    return _read(user, Notification.objects.all())


def move(source: Conversation, target: Conversation) -> None:
    """What people were told of one conversation they were told of the one it became part of."""
    Notification.objects.filter(conversation=source).update(conversation=target)


def forget_before(moment: datetime) -> int:
    """Remove what happened before; how many there were."""
    gone, _each = Notification.objects.filter(at__lt=moment).delete()
    return gone


@transaction.atomic
def prefer(user: User, *, digest: str, push_words: bool, **ways: list[str]) -> Preferences:
    """Keep how somebody wants to be told. ways: the kinds for app, mail and push."""
    kept, _new = Preferences.objects.update_or_create(
        user=user, defaults={"digest": digest, "push_words": push_words, **ways}
    )
    if digest == Digest.OFF:
        Notification.objects.filter(user=user, to_mail=True).update(to_mail=False)
    return kept


def preferences_of(user: User) -> Preferences:
    """How somebody wants to be told; the defaults where they never said."""
    return Preferences.objects.filter(user=user).first() or Preferences(user=user)


def _wishes(people: Iterable[User]) -> dict[int, Preferences]:
    """How each of them wants to be told, by their id."""
    everybody = {one.pk: one for one in people}
    said = {one.user_id: one for one in Preferences.objects.filter(user__in=everybody)}
    return {pk: said.get(pk) or Preferences(user=person) for pk, person in everybody.items()}


def _is_wanted(happening: Happening, wish: Preferences) -> bool:
    return any(wish.wants(happening.kind, way) for way in Way)


def _made(happening: Happening, wish: Preferences) -> Notification:
    return Notification(
        user_id=wish.user_id,
        kind=happening.kind,
        event=happening.event,
        conversation=happening.conversation,
        message=happening.message,
        by=happening.by,
        at=happening.at,
        preview=" ".join(happening.preview.split())[:200],
        details=happening.details,
        in_app=wish.wants(happening.kind, Way.APP),
        to_mail=wish.wants(happening.kind, Way.MAIL),
    )


def _push(made: Iterable[Notification], wishes: dict[int, Preferences]) -> None:
    wanted = [one for one in made if wishes[one.user_id].wants(one.kind, Way.PUSH)]
    reached = set(
        Subscription.objects.filter(user__in={one.user_id for one in wanted}).values_list(
            "user", flat=True
        )
    )
    for one in wanted:
        if one.user_id in reached:
            follow_later("notifications.tasks.push", at=clock.now(), notification=one.pk)


def _read(user: User, among: Any) -> int:
    count = among.filter(user=user, read_at=None).update(read_at=clock.now(), to_mail=False)
    if count:
        _tell_pages([user.pk])
    return int(count)


def _tell_pages(people: Iterable[int]) -> None:
    """Let the open pages of these people look at their bell again."""
    publish_on_commit([("notification", [User(pk=pk).topic]) for pk in sorted(set(people))])
