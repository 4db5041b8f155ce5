"""Rules: keep one, change it, set it on or off, put it in order, delete it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from heard.accounts.models import Role, User
from heard.automation import occasions, steps
from heard.automation.models import Rule
from heard.automation.steps import Step
from heard.events.verbs import record
from heard.inbox.filters import Filter, read
from heard.inbox.models import Conversation
from heard.refusal import Refusal

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a person says of a rule: when (a name of OCCASIONS), if (a Filter's text), then."""

    name: str
    when: str
    q: str = ""
    steps: Sequence[Step] = ()
    stops: bool = False


def may_rule(by: User) -> bool:
    """Whether this person makes rules: admins, for a rule acts in every inbox of the house."""
    return by.is_admin


def may_read_rules(by: User) -> bool:
    """Whether this person reads what the rules say: leads and admins."""
    return by.role != Role.AGENT


def check_role(by: User) -> None:
    """Raise Refusal for who may not make rules."""
    if not may_rule(by):
        raise Refusal(_("Only an admin can make and change rules."), code="role")


@transaction.atomic
def keep_rule(by: User, terms: Terms) -> Rule:
    """Keep a rule as the last one, switched off: a dry run comes first.

    Raises Refusal for one that could not act, for too many, and for who may not.
    """
    check_role(by)
    if Rule.objects.count() >= MOST:
        raise Refusal(_("There are %d rules, the most there can be.") % MOST, code="too-many")
    last = Rule.objects.aggregate(last=Max("order"))["last"] or 0
    rule = Rule(made_by=by, order=last + 1)
    _write(rule, terms)
    record("rule.kept", by=by, rule=rule.pk)
    return rule


@transaction.atomic
def change_rule(by: User, rule: Rule, terms: Terms) -> Rule:
    """Change what a rule says. Refusal as for keep_rule()."""
    check_role(by)
    _write(rule, terms)
    record("rule.changed", by=by, rule=rule.pk)
    return rule


@transaction.atomic
def switch_rule(by: User, rule: Rule, *, on: bool) -> Rule:
    """Let a rule act from now on, or no longer. Raises Refusal for one that names what is gone."""
    check_role(by)
    if on:
        check(_terms(rule))
    rule.on, rule.problem = on, ""
    rule.save(update_fields=["on", "problem"])
    record("rule.switched", by=by, rule=rule.pk, on=on)
    transaction.on_commit(occasions.look_again)
    return rule


@transaction.atomic
def move_rule(by: User, rule: Rule, step: int) -> None:
    """Put a rule one place earlier (-1) or later (1). At the end it stays where it is."""
    check_role(by)
    rules = list(Rule.objects.select_for_update().order_by("order", "pk"))
    at = rules.index(rule)
    to = max(0, min(len(rules) - 1, at + step))
    rules.insert(to, rules.pop(at))
    for order, one in enumerate(rules, 1):
        one.order = order
    Rule.objects.bulk_update(rules, ["order"])
    record("rule.moved", by=by, rule=rule.pk)


@transaction.atomic
def delete_rule(by: User, rule: Rule) -> None:
    """Forget a rule and its log; what it has done stays done."""
    check_role(by)
    record("rule.deleted", by=by, rule=rule.pk, name_was=rule.name)
    rule.delete()
    transaction.on_commit(occasions.look_again)


def check(terms: Terms) -> Filter:
    """The Filter of a rule that could act. Raises Refusal when something in it means nothing."""
    if terms.when not in occasions.OCCASIONS:
        raise Refusal(_("Choose when the rule acts."), code="unknown", field="when")
    meant = read(terms.q)
    meant.applied(Conversation.objects.none(), None)
    if not terms.steps:
        raise Refusal(_("Choose what the rule does."), code="empty", field="acts")
    steps.ready(terms.steps, None)
    return meant


def _terms(rule: Rule) -> Terms:
    return Terms(name=rule.name, when=rule.when, q=rule.q, steps=steps.of(rule.acts))


def _write(rule: Rule, terms: Terms) -> None:
    rule.name = " ".join(terms.name.replace("\0", "").split())[:80]
    if not rule.name:
        raise Refusal(_("Give it a name."), code="empty", field="name")
    rule.q = str(check(terms))
    rule.when, rule.stops, rule.problem = terms.when, terms.stops, ""
    rule.acts = steps.kept(terms.steps)
    rule.save()
    transaction.on_commit(occasions.look_again)
