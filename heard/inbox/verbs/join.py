"""Merging conversations: everything of one becomes part of another, and can be taken out again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from heard import clock, flow
from heard.accounts.models import Team, User
from heard.contacts.models import Contact
from heard.events.verbs import record
from heard.inbox.models import Conversation, Heir, Inbox
from heard.inbox.verbs import drafts
from heard.inbox.verbs.conduct import locked
from heard.inbox.verbs.follow import let_follow
from heard.inbox.verbs.link import hand_links_on
from heard.inbox.verbs.moving import (
    addresses_in,
    both_locked,
    let_take_part,
    move,
    settle_anew,
)
from heard.refusal import Refusal

# What a conversation is made of again when it is taken out.
KEPT = (
    "inbox_id",
    "inbox_ids",
    "contact_id",
    "subject",
    "subject_key",
    "status",
    "analyse",
    "assignee_id",
    "team_id",
    "tag_ids",
)
TIMES = ("opened_at", "closed_at", "snoozed_until")


@transaction.atomic
def join(by: User, conversation: Conversation, into: Conversation) -> Conversation:
    """Move everything of one conversation into another and return that one.

    Its people take part from now on, and its letters and links lead there: the heir. Raises
    Refusal for a conversation and itself.
    """
    if conversation.pk == into.pk:
        raise Refusal("A conversation can't be merged with itself.", code="same", field="into")
    source, target = both_locked(conversation, into)
    moved = list(source.messages.values_list("pk", flat=True))
    was = {**_kept(source), "into": target.pk, "messages": moved, "added": _added(source, target)}
    move(moved, target)
    drafts.move(source, target)
    _inherit(source, target, was)
    flow.beside("joined", source, target)
    _carry_over(source, target)
    record(
        "conversation.joined",
        by=by,
        conversation=target,
        topics=[*source.topics, *target.topics],
        joined=source.pk,
        called=source.subject,
    )
    source.delete()
    return target


@transaction.atomic
def take_out(by: User, conversation: Conversation, old_id: int) -> Conversation:
    """Make what was merged into this a conversation of its own again, under its old number.

    Its messages go with it; those that came since stay. Raises Refusal when it is no part of
    this one any more.
    """
    target = locked(conversation)
    heir = target.inherited.select_for_update().filter(old_id=old_id).first()
    if heir is None:
        raise Refusal("That conversation is no part of this one any more.", code="apart")
    made = _made_again(heir, target)
    moved = target.messages.filter(pk__in=heir.was["messages"]).values_list("pk", flat=True)
    move(list(moved), made)
    _give_back(heir, target, made)
    heir.delete()
    for one, other in ((target, made), (made, target)):
        settle_anew(one)
        record("conversation.split", by=by, conversation=one, topics=one.topics, other=other.pk)
    return made


@transaction.atomic
def keep_apart(by: User, conversation: Conversation) -> Conversation:
    """Dismiss the hint: this conversation stands alone."""
    conversation = locked(conversation)
    conversation.may_belong_to = None
    conversation.may_belong_why = ""
    conversation.save(update_fields=["may_belong_to", "may_belong_why"])
    record("conversation.kept-apart", by=by, conversation=conversation, topics=conversation.topics)
    return conversation


def _kept(source: Conversation) -> dict[str, Any]:
    times = {name: getattr(source, name) for name in TIMES}
    return {
        "fields": {name: getattr(source, name) for name in KEPT},
        "times": {name: at.isoformat() if at else None for name, at in times.items()},
        "people": [list(pair) for pair in source.participants.values_list("address", "name")],
        "followers": list(source.followers.values_list("user_id", flat=True)),
    }


def _added(source: Conversation, target: Conversation) -> dict[str, Any]:
    """What the target gets by the merge alone, to be given back by take_out()."""
    opens = source.is_open and not target.is_open
    return {
        "tag_ids": [pk for pk in source.tag_ids if pk not in target.tag_ids],
        "inbox_ids": [pk for pk in source.inbox_ids if pk not in target.inbox_ids],
        "assignee": target.assignee_id is None,
        "team": target.team_id is None,
        "rested": _rest(target) if opens else None,
    }


def _rest(target: Conversation) -> list[str | None]:
    times = (target.closed_at, target.snoozed_until)
    return [target.status, *(at.isoformat() if at else None for at in times)]


def _inherit(source: Conversation, target: Conversation, was: dict[str, Any]) -> None:
    """Let the source's token and number lead to the target, and those that led to the source."""
    was["added"]["people"] = let_take_part(target, [(a, n) for a, n in was["people"]])
    asked = source.participants.filter(aside=True, address__in=was["added"]["people"])
    target.participants.filter(address__in=asked.values("address")).update(aside=True)
    followers = {one.user for one in source.followers.select_related("user")}
    let_follow(target, followers)
    source.inherited.update(conversation=target)
    hand_links_on(source, target)
    Heir.objects.create(
        old_id=source.pk,
        token=source.token,
        conversation=target,
        subject=source.subject,
        at=clock.now(),
        was=was,
    )


def _carry_over(source: Conversation, target: Conversation) -> None:
    if source.last_at >= target.last_at:
        target.last_at, target.preview = source.last_at, source.preview
    if source.is_open:
        target.take_up()
    waits = [w for w in (source.waiting_since, target.waiting_since) if w]
    target.waiting_since = min(waits) if waits else None
    target.assignee = target.assignee or source.assignee
    target.team = target.team or source.team
    target.has_files = target.has_files or source.has_files
    target.tag_ids = list(dict.fromkeys([*target.tag_ids, *source.tag_ids]))
    # Whoever saw the one sees the whole: a letter never leaves its inbox's sight.
    target.inbox_ids = list(dict.fromkeys([*target.inbox_ids, *source.inbox_ids]))
    target.save()


def _made_again(heir: Heir, target: Conversation) -> Conversation:
    """The conversation with its old number and token; whoever is gone meanwhile is left out."""
    fields = dict(heir.was["fields"])
    for name, model, instead in (
        ("inbox_id", Inbox, target.inbox_id),
        ("contact_id", Contact, target.contact_id),
        ("assignee_id", User, None),
        ("team_id", Team, None),
    ):
        if not model.objects.filter(pk=fields[name]).exists():
            fields[name] = instead
    times = {name: _time(at) for name, at in heir.was["times"].items()}
    made = Conversation(pk=heir.old_id, token=heir.token, last_at=heir.at, **fields, **times)
    made.save(force_insert=True)
    return made


def _give_back(heir: Heir, target: Conversation, made: Conversation) -> None:
    """Undo what the merge added to the target, as far as nothing rests on it meanwhile."""
    let_take_part(made, [(address, name) for address, name in heir.was["people"]])
    let_follow(made, User.objects.filter(pk__in=heir.was["followers"]))
    target.inherited.filter(old_id__in=_parts_of(heir, target)).update(conversation=made)
    if heir.was["into"] != target.pk:
        return
    added = heir.was["added"]
    strangers = set(added["people"]) - addresses_in(target)
    target.participants.filter(address__in=strangers).delete()
    target.tag_ids = [pk for pk in target.tag_ids if pk not in added["tag_ids"]]
    target.inbox_ids = [pk for pk in target.inbox_ids if pk not in added["inbox_ids"]]
    if added["assignee"] and target.assignee_id == made.assignee_id:
        target.assignee = None
    if added["team"] and target.team_id == made.team_id:
        target.team = None
    _rest_again(heir, target)


def _parts_of(heir: Heir, target: Conversation) -> set[int]:
    """The numbers of those that had been merged into it before: they come back with it."""
    into = {one.old_id: one.was["into"] for one in target.inherited.exclude(pk=heir.pk)}
    parts, found = set[int](), {heir.old_id}
    while found := {old for old, where in into.items() if where in found}:
        parts |= found
    return parts


def _rest_again(heir: Heir, target: Conversation) -> None:
    """Close or snooze the target as it was, unless something came since."""
    rested = heir.was["added"]["rested"]
    if rested and target.is_open and not target.messages.filter(at__gt=heir.at).exists():
        target.status, closed_at, snoozed_until = rested
        target.closed_at, target.snoozed_until = _time(closed_at), _time(snoozed_until)


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
