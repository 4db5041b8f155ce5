"""Who hears of what happens in a conversation."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from heard.accounts.models import Role, User, here
from heard.inbox.models import Conversation, Message
from heard.inbox.queries import assignable


def of_letters(conversation: Conversation) -> QuerySet[User]:
    """Who has it and who follows it; while who has it is away, who stands in for them."""
    ids: set[int | None] = {
        conversation.assignee_id,
        *conversation.followers.values_list("user", flat=True),
    }
    person = conversation.assignee
    if person is not None and person.is_away:
        ids.add(person.stand_in_id)
    return reaching(conversation, ids)


def of_notes(conversation: Conversation, note: Message, mentioned: Iterable[int]) -> QuerySet[User]:
    """The same for a note, but for those it calls by name, who hear of that.

    Whoever is handed the conversation with it hears of that instead.
    """
    others = of_letters(conversation).exclude(pk__in=list(mentioned))
    handed = conversation.assignee if note.handed_to else None
    return others.exclude(pk=handed.pk) if handed else others


def of_levels(conversation: Conversation) -> QuerySet[User]:
    """Who has it and who follows it; where nobody has it, who leads or else makes up its teams."""
    own = of_letters(conversation)
    if conversation.assignee_id:
        return own
    team = assignable(conversation).filter(here(), teams__inboxes__in=conversation.inbox_ids)
    leads = team.filter(role=Role.LEAD)
    nearest = leads if leads.exists() else team
    ids = {*own.values_list("pk", flat=True), *nearest.values_list("pk", flat=True)}
    return reaching(conversation, ids)


def of_team(conversation: Conversation) -> QuerySet[User]:
    """The members of the team it was given to who are here."""
    return assignable(conversation).filter(here(), Q(teams=conversation.team_id))


def reaching(conversation: Conversation, ids: Iterable[int | None]) -> QuerySet[User]:
    """Of these people those who still reach it."""
    return assignable(conversation).filter(pk__in=[pk for pk in ids if pk])
