"""One act on many conversations: in steps, each its own transaction, and undone the same way.

Letters that come meanwhile wait for one step and no longer, and a worker that dies goes on where
it was. Who has changed a conversation since is not overruled by an undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from heard import clock
from heard.accounts.models import User
from heard.events.pending import together
from heard.events.verbs import follow, record
from heard.inbox import acts
from heard.inbox.acts import Change, Changer
from heard.inbox.filters import read
from heard.inbox.models import Bulk, BulkStep, Conversation
from heard.live import notices
from heard.refusal import Refusal

STEP = 500
# Chosen by hand; whoever means more says so by a filter.
MOST_CHOSEN = 1_000
# Conversations named in one notice, which PostgreSQL keeps to 8,000 bytes.
TOLD = 100
State = Bulk.State
_FIELDS = {field.attname: field for field in Conversation._meta.concrete_fields}


@transaction.atomic
def act_on(
    by: User, act: str, value: str = "", *, ids: Sequence[int] = (), q: str | None = None
) -> Bulk:
    """Begin an act on the conversations chosen, or on all that a filter means.

    Raises Refusal for an act or filter that names what is gone, and where nothing is chosen.
    """
    acts.ready(act, value, by)
    if q is None and not ids:
        raise Refusal("Choose the conversations first.", code="empty", field="ids")
    if len(ids) > MOST_CHOSEN:
        says = f"At most {MOST_CHOSEN:,} can be chosen by hand. Choose all that match instead."
        raise Refusal(says, code="too-many", field="ids")
    meant = None if q is None else read(q)
    if meant:
        meant.applied(Conversation.objects.none(), by)
    bulk = Bulk.objects.create(
        user=by,
        act=act,
        value=value[:200],
        q=str(meant) if meant else "",
        ids=sorted(set(ids)),
        upto=Conversation.objects.aggregate(last=Max("pk"))["last"] or 0,
        begun_at=clock.now(),
    )
    follow("bulk.begun", lock=f"bulk:{bulk.pk}", bulk=bulk.pk)
    return bulk


@transaction.atomic
def undo(by: User, bulk: Bulk) -> Bulk:
    """Begin to put back what a bulk act changed. Refusal while it runs, or when it is undone."""
    bulk = Bulk.objects.select_for_update().get(pk=bulk.pk)
    if bulk.state not in (State.DONE, State.STOPPED):
        says = "It is still running." if bulk.state == State.RUNNING else "It is undone already."
        raise Refusal(says, code="state")
    bulk.state, bulk.user = State.UNDOING, by
    bulk.save(update_fields=["state", "user"])
    follow("bulk.begun", lock=f"bulk:{bulk.pk}", bulk=bulk.pk)
    return bulk


def go_on(bulk_id: int) -> None:
    """Do what is left of a bulk act, or of its undoing, step by step."""
    while _step(bulk_id):
        pass


@transaction.atomic
def _step(bulk_id: int) -> bool:
    """One step; whether there is more to do."""
    bulk = Bulk.objects.select_for_update().select_related("user").get(pk=bulk_id)
    if bulk.state == State.RUNNING:
        return _forward(bulk)
    return bulk.state == State.UNDOING and _back(bulk)


def _forward(bulk: Bulk) -> bool:
    try:
        change = acts.ready(bulk.act, bulk.value, bulk.user)
        chosen = _next(bulk)
    except Refusal as refusal:
        # What it names has gone since: what was done stays, and can be undone.
        return _end(bulk, State.STOPPED, refusal.says)
    if not chosen:
        return _end(bulk, State.DONE)
    rows = Conversation.objects.select_for_update().filter(pk__in=chosen).order_by("pk")
    were = perform(bulk.user, list(rows), change, many=True, bulk=bulk.pk)
    BulkStep.objects.create(bulk=bulk, were=were)
    bulk.after = chosen[-1]
    bulk.changed += len(were)
    bulk.unchanged += len(chosen) - len(were)
    bulk.save(update_fields=["after", "changed", "unchanged"])
    _tell(bulk)
    return True


def _next(bulk: Bulk) -> list[int]:
    """The ids of the next few it is about."""
    reached = Conversation.objects.of(bulk.user).filter(pk__gt=bulk.after, pk__lte=bulk.upto)
    meant = (
        reached.filter(pk__in=bulk.ids) if bulk.ids else read(bulk.q).applied(reached, bulk.user)
    )
    return list(meant.order_by("pk").values_list("pk", flat=True)[:STEP])


def perform(
    by: User | None,
    rows: Sequence[Conversation],
    changer: Changer,
    *,
    many: bool = False,
    **told: Any,
) -> list[Any]:
    """Change these conversations, which are locked, and record what happened to each.

    many: a step of a bulk act, after which follows once what would follow for each. told: further
    details of each event. Returns how those changed were, as BulkStep keeps it.
    """
    changes = [(one, change) for one in rows if (change := changer(one)) is not None]
    were = [[one.pk, _pair(one, change.fields)] for one, change in changes]
    with together(many=many):
        for one, change in changes:
            record(change.event, by=by, conversation=one, **change.details, **told)
        _write(changes)
    _tell_pages([one for one, _ in changes])
    return were


def _pair(one: Conversation, fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [_kept(getattr(one, name)), _kept(value)] for name, value in fields.items()}


def _kept(value: Any) -> Any:
    # To the microsecond: Django's own encoder would cut it, and no time would be the same again.
    return value.isoformat() if isinstance(value, datetime) else value


def _write(changes: Sequence[tuple[Conversation, Change]]) -> None:
    """All at once where all change alike, which is the rule."""
    if not changes:
        return
    first = changes[0][1].fields
    for one, change in changes:
        for name, value in change.fields.items():
            setattr(one, name, value)
    if all(change.fields == first for _, change in changes):
        Conversation.objects.filter(pk__in=[one.pk for one, _ in changes]).update(**first)
    else:
        fields = [_FIELDS[name].name for name in first]
        Conversation.objects.bulk_update([one for one, _ in changes], fields)


def _back(bulk: Bulk) -> bool:
    step = bulk.steps.order_by("-pk").first()
    if step is None:
        return _end(bulk, State.UNDONE)
    were = dict(step.were)
    rows = Conversation.objects.select_for_update().filter(pk__in=list(were)).order_by("pk")

    def restore(one: Conversation) -> Change | None:
        before = {name: _FIELDS[name].to_python(pair[0]) for name, pair in were[one.pk].items()}
        after = {name: _FIELDS[name].to_python(pair[1]) for name, pair in were[one.pk].items()}
        if any(getattr(one, name) != value for name, value in after.items()):
            return None
        return Change(before, "conversation.restored", {"act": bulk.act, "value": bulk.value})

    bulk.restored += len(perform(bulk.user, list(rows), restore, many=True, bulk=bulk.pk))
    bulk.save(update_fields=["restored"])
    step.delete()
    _tell(bulk)
    return True


def _end(bulk: Bulk, state: Bulk.State, says: str = "") -> bool:
    bulk.state, bulk.says, bulk.ended_at = state, says[:300], clock.now()
    bulk.save(update_fields=["state", "says", "ended_at"])
    if state != State.UNDONE:
        follow("bulk.done", bulk=bulk.pk)
    _tell(bulk)
    return False


def _tell(bulk: Bulk) -> None:
    """The person's pages show how far it is."""
    notices.publish_on_commit([("bulk.moved", [bulk.user.topic])])


def _tell_pages(changed: Sequence[Conversation]) -> None:
    """Lists and open conversations look again: a few notices for many changes."""
    inboxes = sorted({f"inbox:{pk}" for one in changed for pk in one.inbox_ids})
    topics = [one.topic for one in changed]
    some = [topics[at : at + TOLD] for at in range(0, len(topics), TOLD)]
    notices.publish_on_commit([("conversation.changed", [*inboxes, *few]) for few in some])
