"""Which policy a conversation has, and by which hours its clocks run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from heard.accounts.calendars import hours_of
from heard.accounts.hours import Hours
from heard.accounts.models import Calendar, Team
from heard.inbox.filters import read
from heard.inbox.models import Conversation, Inbox
from heard.inbox.models.conversation import ConversationQuerySet
from heard.levels.models import Policy
from heard.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Measure:
    """What a conversation is held against. presence: when its team is there."""

    policy: Policy
    hours: Hours
    presence: Hours


class Rules:
    """All policies in order and the hours they count by, looked up once for many conversations."""

    def __init__(self) -> None:
        self.policies = list(Policy.objects.select_related("calendar"))
        self._hours: dict[int | None, Hours] = {}

    def measures(self, conversations: Iterable[Conversation]) -> dict[int, Measure]:
        """By conversation, the first policy that fits it; those that none fits are left out."""
        left = {one.pk: one for one in conversations}
        found: dict[int, Measure] = {}
        for policy in self.policies:
            for pk in self._fitting(policy, list(left)):
                found[pk] = self._measure(policy, left.pop(pk))
            if not left:
                break
        return found

    def _fitting(self, policy: Policy, pks: list[int]) -> list[int]:
        if not policy.applies_to:
            return pks
        among = Conversation.objects.filter(pk__in=pks)
        try:
            return list(applied(policy.applies_to, among).values_list("pk", flat=True))
        except Refusal:
            # It names what is gone, such as a deleted tag: the policy's page says so.
            return []

    def _measure(self, policy: Policy, conversation: Conversation) -> Measure:
        presence = self._opened(calendar_of(conversation))
        if policy.clock == Policy.Clock.TEAM:
            return Measure(policy, presence, presence)
        own = policy.calendar if policy.clock == Policy.Clock.OWN else None
        return Measure(policy, self._opened(own), presence)

    def _opened(self, calendar: Calendar | None) -> Hours:
        key = calendar.pk if calendar else None
        if key not in self._hours:
            self._hours[key] = hours_of(calendar)
        return self._hours[key]


def applied(text: str, among: ConversationQuerySet) -> ConversationQuerySet:
    """Those of them that a policy's text means; Refusal when it names what does not exist."""
    return read(text).applied(among, None)


def calendar_of(conversation: Conversation) -> Calendar | None:
    """The working hours of its team, otherwise of the first team of its inbox that has any."""
    team = team_of(conversation)
    return team.calendar if team else None


def team_of(conversation: Conversation) -> Team | None:
    """The team it was given to, or the first of its inbox, those with working hours first."""
    if conversation.team_id:
        return Team.objects.select_related("calendar").get(pk=conversation.team_id)
    behind = Inbox.teams.through.objects.filter(inbox=conversation.inbox_id).values("team")
    teams = Team.objects.filter(pk__in=behind).select_related("calendar").order_by("name")
    return min(teams, key=lambda team: team.calendar_id is None, default=None)
