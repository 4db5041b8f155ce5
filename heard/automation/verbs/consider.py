"""Something has happened: each rule that waits for it looks whether it is meant, and acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from heard import clock
from heard.automation import steps
from heard.automation.models import Firing, Rule
from heard.events.models import Event
from heard.inbox import verbs
from heard.inbox.filters import read
from heard.inbox.models import Conversation
from heard.inbox.verbs.conduct import locked
from heard.refusal import Refusal

# A rule's act may set off another rule, and that one a third; then it ends.
DEEPEST = 3
# So often a rule acts on one conversation within the hour.
MOST_AN_HOUR = 5
HOUR = timedelta(hours=1)
KEPT = timedelta(days=90)
Outcome = Firing.Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a rule: an outcome of Firing's, and the sentence for its log."""

    outcome: Firing.Outcome
    says: str


@transaction.atomic
def consider(event_id: int) -> None:
    """Let the rules that wait for this event act on its conversation, in their order.

    An event that was considered before is not considered again. An event in a conversation that
    is gone is no matter.
    """
    event = Event.objects.filter(pk=event_id).first()
    one = _conversation_of(event)
    if event is None or one is None or Firing.objects.filter(event_id=event_id).exists():
        return
    for rule in Rule.objects.filter(on=True, when=event.name).order_by("order", "pk"):
        if event.details.get("rule") == rule.pk or not _is_meant(rule, one):
            continue
        result = _fire(rule, one, event)
        if result is not None:
            _log(rule, event, result)
        if rule.stops:
            return


def forget_old() -> int:
    """Drop from the log what is older than 90 days; how many firings that were."""
    return Firing.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _conversation_of(event: Event | None) -> Conversation | None:
    found = Conversation.objects.filter(pk=event.conversation_id or 0).first() if event else None
    return locked(found) if found else None


def _is_meant(rule: Rule, one: Conversation) -> bool:
    """Whether the rule's Filter means this conversation as it is now."""
    try:
        found = read(rule.q).applied(Conversation.objects.filter(pk=one.pk), None)
    except Refusal as refusal:
        _tell_problem(rule, refusal.says)
        return False
    return found.exists()


def _fire(rule: Rule, one: Conversation, event: Event) -> Result | None:
    """Act, unless it goes round in circles; None where that was said already."""
    if event.details.get("depth", 0) >= DEEPEST:
        says = _("Not done: rules had set off each other %d times.") % DEEPEST
        return Result(Outcome.STOPPED, says)
    lately = Firing.objects.filter(
        rule=rule, conversation_id=one.pk, at__gt=clock.now() - HOUR
    ).values_list("outcome", flat=True)
    if list(lately).count(Outcome.DONE) >= MOST_AN_HOUR:
        says = _("Not done: it acted on this conversation %d times within an hour.")
        told = Outcome.STOPPED in lately
        return None if told else Result(Outcome.STOPPED, says % MOST_AN_HOUR)
    return _act(rule, one, event)


def _act(rule: Rule, one: Conversation, event: Event) -> Result:
    told = {"rule": rule.pk, "rule_name": rule.name, "depth": event.details.get("depth", 0) + 1}
    done = []
    try:
        for step, changer in steps.ready(steps.of(rule.acts), None):
            if verbs.perform(None, [one], changer, **told):
                done.append(step)
    except Refusal as refusal:
        _tell_problem(rule, refusal.says)
        return Result(Outcome.REFUSED, refusal.says)
    _tell_problem(rule, "")
    if not done:
        return Result(Outcome.NOTHING, _("Everything was so already."))
    says = steps.said(done)
    return Result(Outcome.DONE, says[:1].upper() + says[1:])


def _log(rule: Rule, event: Event, result: Result) -> None:
    Firing.objects.create(
        rule=rule,
        conversation_id=event.conversation_id or 0,
        event_id=event.pk,
        event=event.name,
        outcome=result.outcome,
        says=result.says[:500],
    )


def _tell_problem(rule: Rule, says: str) -> None:
    if rule.problem != says[:300]:
        rule.problem = says[:300]
        rule.save(update_fields=["problem"])
