"""record(): write down what happened and start what follows, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils.module_loading import import_string

from heard import flow
from heard.events.models import Event
from heard.events.pending import Pending, together

if TYPE_CHECKING:
    from django.db.models import Model

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


def record(
    name: str,
    *,
    by: Model | None = None,
    conversation: Model | None = None,
    message: Model | None = None,
    contact: Model | None = None,
    topics: Iterable[str] = (),
    **details: Any,
) -> Event:
    """Write one event, defer the tasks that flow.AFTER names, and tell open pages at commit.

    topics: the names that open pages listen to ("conversation:7", "inbox:3").
    details: JSON values kept with the event.
    Raises TransactionManagementError outside a transaction: the verb that calls owns one.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"«{name}» was recorded outside a transaction")
    subject = _subject(conversation, message, contact)
    event = Event(name=name, by_id=by.pk if by else None, details=details, **subject)
    with together() as pending:
        pending.events.append(event)
        _defer(name, event, lock=_lock(subject), **_arguments(subject, details))
        pending.notices.append((name, sorted(set(topics))))
    return event


@contextmanager
def nothing_follows() -> Iterator[None]:
    """Write history down inside the block without anything being sent or deferred for it."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def follow(name: str, *, lock: str | None = None, priority: int = 0, **arguments: Any) -> None:
    """Defer the tasks that follow `name`; jobs of one task with one lock run one by one.

    A lower priority lets others go first.
    """
    _defer(name, None, lock=lock, priority=priority, **arguments)


def _defer(
    name: str, event: Event | None, *, lock: str | None = None, priority: int = 0, **arguments: Any
) -> None:
    """Defer what follows an event; a task of flow.WAITING is told which, if it is waited for."""
    with together() as pending:
        for task_name in _following(name):
            if pending.many and event and task_name in flow.MANY:
                _share(pending, flow.MANY[task_name], event)
                continue
            task = import_string(flow.task_path(task_name))
            deferrer = task.configure(
                lock=lock and f"{task_name}:{lock}",
                queue=flow.QUEUE.get(task_name, "default"),
                priority=priority,
            )
            told = event if task_name in flow.WAITING else None
            pending.jobs.append((deferrer.make_new_job(**arguments), told))


def _share(pending: Pending, task_name: str | None, event: Event) -> None:
    if task_name:
        pending.shared.setdefault(task_name, []).append(event)


def follow_later(task_name: str, *, at: datetime, **arguments: Any) -> None:
    """Run a task at a later time. It holds no lock: whoever waits must hold up nobody."""
    import_string(flow.task_path(task_name)).configure(schedule_at=at).defer(**arguments)


def overtake(task_name: str, lock: str) -> None:
    """Drop the jobs of this task that wait behind the one that runs: it does their work too.

    Call it before looking at what there is to do. A job is written in the transaction that gives
    it its work, so whoever sees the job to drop it sees the work as well, and what comes later
    has a job of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND lock = %s",
            [f"{task_name}:{lock}"],
        )


def _following(name: str) -> tuple[str, ...]:
    if _quiet.get():
        return ()
    return tuple(each for each in flow.AFTER.get(name, ()) if _is_waited(each, name))


def _is_waited(task_name: str, name: str) -> bool:
    asked = flow.WAITING.get(task_name)
    return asked is None or bool(import_string(asked)(name))


def _subject(
    conversation: Model | None, message: Model | None, contact: Model | None
) -> dict[str, int | None]:
    return {
        "conversation_id": conversation.pk if conversation else None,
        "message_id": message.pk if message else None,
        "contact_id": contact.pk if contact else None,
    }


def _lock(subject: dict[str, int | None]) -> str | None:
    conversation = subject["conversation_id"]
    return f"conversation:{conversation}" if conversation else None


def _arguments(subject: dict[str, int | None], details: dict[str, Any]) -> dict[str, Any]:
    named = {key.removesuffix("_id"): value for key, value in subject.items() if value}
    return {**details, **named}
