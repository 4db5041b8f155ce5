"""Hold a conversation against its policy anew, and keep what became of each term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from heard import clock
from heard.inbox import verbs as inbox
from heard.inbox.models import Conversation
from heard.inbox.verbs.conduct import locked
from heard.levels import terms
from heard.levels.fitting import Measure, Rules
from heard.levels.happenings import happenings_of
from heard.levels.models import Term

# What ran out longer ago, as in letters brought in from elsewhere, is kept and not told.
NEWS = timedelta(days=1)
BATCH = 100
FIELDS = (
    "policy",
    "policy_name",
    "due_at",
    "left_seconds",
    "ended_at",
    "dropped",
    "missed_at",
    "warn_at",
    "leaves_at",
    "tell_at",
    "warned",
    "told",
)
# Compared by its id, so that the policy itself is not asked for.
COLUMNS = {"policy": "policy_id"}
Key = tuple[str, datetime]


@transaction.atomic
def settle(conversation_id: int) -> None:
    """Work out the terms of a conversation; nothing for one that is gone."""
    rules = Rules()
    if not rules.policies and not Term.objects.filter(conversation=conversation_id).exists():
        return
    if (conversation := held(conversation_id)) is not None:
        keep(conversation, rules.measures([conversation]).get(conversation_id))


def settle_many(conversation_ids: Sequence[int]) -> None:
    """Work out the terms of many conversations, each in a transaction of its own."""
    rules = Rules()
    terms_there = Term.objects.filter(conversation__in=conversation_ids)
    if not rules.policies and not terms_there.exists():
        return
    batch = list(Conversation.objects.filter(pk__in=conversation_ids).order_by("pk"))
    measures = rules.measures(batch)
    for conversation in batch:
        _settle(conversation, measures.get(conversation.pk))


def resettle(after: int) -> int:
    """A policy or its hours changed: settle the next hundred that are not closed.

    after: the id of the last one that was settled, 0 to begin. Returns the last id of this batch,
    0 when all are done. What has run out already is kept as missed and not told.
    """
    unclosed = Conversation.objects.exclude(status=Conversation.Status.CLOSED)
    batch = list(unclosed.filter(pk__gt=after).order_by("pk")[:BATCH])
    measures = Rules().measures(batch)
    for conversation in batch:
        _settle(conversation, measures.get(conversation.pk), quiet=True)
    return batch[-1].pk if len(batch) == BATCH else 0


@transaction.atomic
def _settle(conversation: Conversation, measure: Measure | None, *, quiet: bool = False) -> None:
    if (now := held(conversation.pk)) is not None:
        keep(now, measure, quiet=quiet)


def held(conversation_id: int) -> Conversation | None:
    """The conversation, locked until the transaction ends; None when it is gone."""
    try:
        return locked(Conversation(pk=conversation_id))
    except Conversation.DoesNotExist:
        return None


def keep(conversation: Conversation, measure: Measure | None, *, quiet: bool = False) -> None:
    """Write down the terms of a conversation that is locked, and which of them is due next.

    quiet: what has run out by now is not told.
    """
    now = clock.now()
    known = {_key(row): row for row in conversation.terms.all()}
    rows, new, changed = [], [], []
    for term in _terms(conversation, measure, now) if measure else []:
        row = known.pop((term.kind, term.started), None)
        if row is None:
            row = Term(conversation=conversation, kind=term.kind, started_at=term.started)
            new.append(row)
        rows.append(row)
        before = _values(row)
        # What was met or missed stays so under the policy of its time.
        if row.ended_at is None or row.ended_at != term.ended:
            _write(row, term, measure)
            _plan(row, now, quiet)
        if row.pk and before != _values(row):
            changed.append(row)
    Term.objects.bulk_create(new)
    Term.objects.bulk_update(changed, FIELDS)
    _forget(known, measure)
    _tell_lists(conversation, rows)


def _terms(conversation: Conversation, measure: Measure, now: datetime) -> list[terms.Term]:
    return terms.terms(
        happenings_of(conversation),
        measure.policy.allowed,
        measure.hours,
        now,
        presence=measure.presence,
    )


def _key(row: Term) -> Key:
    return row.kind, row.started_at


def _values(row: Term) -> list[object]:
    return [getattr(row, COLUMNS.get(name, name)) for name in FIELDS]


def _write(row: Term, term: terms.Term, measure: Measure | None) -> None:
    if measure:
        row.policy, row.policy_name = measure.policy, measure.policy.name
    row.due_at, row.warn_at, row.leaves_at = term.due, term.warn, term.leaves
    row.left_seconds = int(term.left.total_seconds())
    row.ended_at, row.dropped, row.missed_at = term.ended, term.dropped, term.missed


def _plan(row: Term, now: datetime, quiet: bool) -> None:
    """Say when there is something to tell of it next."""
    if row.missed_at and (quiet or now - row.missed_at > NEWS):
        row.warned = row.told = True
    if row.told:
        row.tell_at = None
    elif row.missed_at:
        row.tell_at = row.missed_at
    elif row.ended_at or row.due_at is None:
        row.tell_at = None
    else:
        row.tell_at = row.due_at if row.warned else (row.warn_at or row.due_at)


def _forget(left: dict[Key, Term], measure: Measure | None) -> None:
    """Drop rows that no clock stands behind any more; what ended before its kind went stays."""
    measured = set(measure.policy.allowed.times) if measure else set()
    gone = [row.pk for row in left.values() if row.ended_at is None or row.kind in measured]
    if gone:
        Term.objects.filter(pk__in=gone).delete()


def _tell_lists(conversation: Conversation, rows: list[Term]) -> None:
    due = [(row.due_at, row.kind) for row in rows if row.is_open and row.due_at]
    at, kind = min(due) if due else (None, "")
    if (at, kind) != (conversation.level_due, conversation.level_kind):
        inbox.fall_due(conversation, due=at, kind=kind)
