"""What is done to policies. Each change is followed by settling what is open anew, as a job."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from heard import clock
from heard.accounts.calendars import hours_of
from heard.accounts.hours import NeverOpen
from heard.accounts.models import Calendar, User
from heard.events.verbs import record
from heard.inbox.filters import read
from heard.inbox.filters.renaming import renamed
from heard.inbox.models import Conversation
from heard.levels.fitting import applied
from heard.levels.models import MINUTE, Policy
from heard.refusal import Refusal

# What changes by itself, as work is handed round, or from person to person: no promise can rest
# on it.
UNSTEADY = {"is", "has", "assigned", "before", "after", "id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a policy says; times in minutes of counted hours, None for what is not promised."""

    name: str
    applies_to: str = ""
    first_minutes: int | None = None
    next_minutes: int | None = None
    resolution_minutes: int | None = None
    clock: str = Policy.Clock.TEAM
    calendar: Calendar | None = None
    pause: bool = True
    warn_minutes: int | None = None

    @property
    def longest(self) -> int:
        """The longest of its times, 0 without any."""
        return max(self.first_minutes or 0, self.next_minutes or 0, self.resolution_minutes or 0)


@transaction.atomic
def make_policy(promise: Promise, *, by: User) -> Policy:
    """A new policy, the last in order. Refusal, naming the field, for one that can't be kept."""
    check(promise)
    last = Policy.objects.select_for_update().order_by("-position").first()
    policy = Policy.objects.create(**_columns(promise), position=last.position + 1 if last else 1)
    _changed(policy, by)
    return policy


@transaction.atomic
def change_policy(policy: Policy, promise: Promise, *, by: User) -> None:
    """Let a policy say something else; Refusal as in make_policy."""
    check(promise)
    Policy.objects.filter(pk=policy.pk).update(**_columns(promise))
    policy.refresh_from_db()
    _changed(policy, by)


@transaction.atomic
def delete_policy(policy: Policy, *, by: User) -> None:
    """Remove a policy. What was met and missed under it stays."""
    pk = policy.pk
    policy.delete()
    record("policy.changed", by=by, policy=pk)


@transaction.atomic
def move_policy(policy: Policy, *, by: User, earlier: bool) -> None:
    """Move it one place up or down; the first that fits a conversation is its policy."""
    order = list(Policy.objects.select_for_update())
    at = order.index(policy)
    to = at - 1 if earlier else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        for position, one in enumerate(order, 1):
            one.position = position
        Policy.objects.bulk_update(order, ["position"])
        _changed(policy, by)


@transaction.atomic
def rename_in_policies(field: str, was: str, called: str) -> None:
    """Let policies that go by the old name of something go by its new one."""
    naming = Policy.objects.filter(applies_to__icontains=f"{field}:").order_by("pk")
    for policy in naming.select_for_update(no_key=True):
        # One in which the new name has no room fits nothing from now on, and its page says why.
        with suppress(Refusal):
            policy.applies_to = renamed(policy.applies_to, field, was, called)
            policy.save(update_fields=["applies_to"])


def check(promise: Promise) -> None:
    """Refusal, with its field, for a promise that means nothing or that these hours never keep."""
    if not promise.longest:
        says = _("Say how soon at least one of the three is due.")
        raise Refusal(says, code="empty", field="first_minutes")
    if (promise.clock == Policy.Clock.OWN) != (promise.calendar is not None):
        says = _("Choose working hours when, and only when, the clocks go by hours of their own.")
        raise Refusal(says, code="calendar", field="calendar")
    check_filter(promise.applies_to)
    try:
        hours_of(promise.calendar).add(clock.now(), promise.longest * MINUTE)
    except NeverOpen as error:
        says = _("These hours leave too little time for that within ten years.")
        raise Refusal(says, code="never", field="calendar") from error


def check_filter(text: str) -> None:
    """Refusal, field "applies_to", for words that name nothing, or that change by themselves."""
    try:
        meant = read(text)
        applied(text, Conversation.objects.none())
    except Refusal as refusal:
        raise Refusal(refusal.says, code=refusal.code, field="applies_to") from refusal
    for term in meant.terms:
        if term.field in UNSTEADY:
            says = _("«%s» changes from day to day, so no promise can rest on it.") % term
            raise Refusal(says, code="unsteady", field="applies_to")


def _columns(promise: Promise) -> dict[str, object]:
    return {each.name: getattr(promise, each.name) for each in fields(promise)}


def _changed(policy: Policy, by: User) -> None:
    record("policy.changed", by=by, policy=policy.pk)
