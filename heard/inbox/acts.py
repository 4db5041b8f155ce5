"""What can be done with many conversations, and by rules and macros: acts by their name.

An act is made ready once (`ready`), where its value is looked up, and then says of each
conversation what it changes. Nothing is written here; verbs/bulk.py and the rooms above do that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from heard import clock
from heard.accounts.models import Team, User
from heard.inbox.models import Conversation, Tag
from heard.inbox.models.inbox import reach_of
from heard.inbox.verbs.snoozing import check_time
from heard.inbox.verbs.tags import MOST
from heard.refusal import Refusal

Status = Conversation.Status


@dataclass(frozen=True, slots=True)
class Change:
    """New values of a conversation's fields, the event that tells of it, and its details."""

    fields: dict[str, Any]
    event: str
    details: dict[str, Any] = field(default_factory=dict)


# What an act changes of one conversation; None where there is nothing to change.
Changer = Callable[[Conversation], Change | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act: how a person reads it, what it takes, and how it is made ready.

    takes: "", "person", "team", "tag" or "time". ready: the value, and who acts, None for a rule.
    """

    says: str
    takes: str
    ready: Callable[[str, User | None], Changer]


def ready(name: str, value: str, by: User | None) -> Changer:
    """An act made ready. Refusal when there is none of that name, or its value is gone."""
    if name not in KINDS:
        raise Refusal(f"«{name}» is nothing that can be done here.", code="unknown", field="act")
    return KINDS[name].ready(value, by)


def _close(_: str, __: User | None) -> Changer:
    closed = {"status": Status.CLOSED, "closed_at": clock.now()}
    fields = {**closed, "snoozed_until": None, "woke_why": ""}

    def change(one: Conversation) -> Change | None:
        closed = one.status == Status.CLOSED
        return None if closed else Change(fields, "conversation.closed")

    return change


def _reopen(_: str, __: User | None) -> Changer:
    fields = {"status": Status.OPEN, "closed_at": None, "snoozed_until": None, "woke_why": ""}

    def change(one: Conversation) -> Change | None:
        return None if one.is_open else Change(fields, "conversation.reopened")

    return change


def _assign(value: str, by: User | None) -> Changer:
    to = _colleague(value, by)
    reached = None if to is None or to.is_admin else set(reach_of(to))

    def change(one: Conversation) -> Change | None:
        out_of_reach = reached is not None and not reached & set(one.inbox_ids)
        if out_of_reach or one.assignee_id == (to.pk if to else None):
            return None
        named = {"assignee": to.pk if to else None, "given_to": to.name if to else ""}
        fields = {"assignee_id": named["assignee"], "woke_why": ""}
        return Change(fields, "conversation.assigned", {**named, "why": "", "before": ""})

    return change


def _team(value: str, _: User | None) -> Changer:
    team = Team.objects.filter(name__iexact=value).first()
    if team is None:
        raise _gone("team", value)
    reached = list(team.inboxes.order_by("pk").values_list("pk", flat=True))
    if not reached:
        says = f"{team.name} looks after no inbox, so it would not see these."
        raise Refusal(says, code="out-of-reach", field="value")

    def change(one: Conversation) -> Change | None:
        if one.team_id == team.pk and one.assignee_id is None:
            return None
        seen = set(reached) & set(one.inbox_ids)
        inboxes = one.inbox_ids if seen else [*one.inbox_ids, reached[0]]
        fields = {"team_id": team.pk, "assignee_id": None, "inbox_ids": inboxes}
        return Change(fields, "conversation.given", {"team": team.pk, "given_to": team.name})

    return change


def _tag(value: str, _: User | None) -> Changer:
    tag = _tag_named(value)

    def change(one: Conversation) -> Change | None:
        if tag.pk in one.tag_ids or len(one.tag_ids) >= MOST:
            return None
        told = {"tag": tag.pk, "called": tag.name}
        return Change({"tag_ids": [*one.tag_ids, tag.pk]}, "conversation.tagged", told)

    return change


def _untag(value: str, _: User | None) -> Changer:
    tag = _tag_named(value)

    def change(one: Conversation) -> Change | None:
        if tag.pk not in one.tag_ids:
            return None
        others = [pk for pk in one.tag_ids if pk != tag.pk]
        told = {"tag": tag.pk, "called": tag.name}
        return Change({"tag_ids": others}, "conversation.untagged", told)

    return change


def _snooze(value: str, _: User | None) -> Changer:
    until = _time(value)
    check_time(until)
    fields = {"status": Status.SNOOZED, "closed_at": None, "snoozed_until": until, "woke_why": ""}

    def change(one: Conversation) -> Change | None:
        if one.status == Status.SNOOZED and one.snoozed_until == until:
            return None
        told = {"until": until.isoformat() if until else None}
        return Change(fields, "conversation.snoozed", told)

    return change


KINDS: dict[str, Kind] = {
    "close": Kind("Close", "", _close),
    "reopen": Kind("Open again", "", _reopen),
    "snooze": Kind("Snooze until", "time", _snooze),
    "assign": Kind("Assign to", "person", _assign),
    "team": Kind("Give to the team", "team", _team),
    "tag": Kind("Tag with", "tag", _tag),
    "untag": Kind("Take off the tag", "tag", _untag),
}


def _colleague(value: str, by: User | None) -> User | None:
    if value.lower() in {"", "nobody"}:
        return None
    if value.lower() == "me" and by is not None:
        return by
    found = User.objects.filter(email__iexact=value, is_active=True).first()
    if found is None:
        raise _gone("colleague", value)
    return found


def _tag_named(value: str) -> Tag:
    found = Tag.objects.filter(name__iexact=value).first()
    if found is None:
        raise _gone("tag", value)
    return found


def _time(value: str) -> datetime | None:
    """«answer» for until the customer writes, «3d», «4h», or a moment (ISO 8601, else local)."""
    if value == "answer":
        return None
    unit = {"d": "days", "h": "hours"}.get(value[-1:])
    if unit and value[:-1].isdecimal() and len(value) < 6:
        return clock.now() + timedelta(**{unit: int(value[:-1])})
    try:
        moment = parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None:
        says = "Choose a time: a day and hour, 3d, 4h, or until they answer."
        raise Refusal(says, code="time", field="value")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _gone(what: str, value: str) -> Refusal:
    says = f"There is no {what} «{value}» (any more). Choose another."
    return Refusal(says, code="unknown", field="value")
