"""What was recorded and is not yet written: events, the jobs that follow, and who is told.

Each statement costs a way to the database and back. Whoever records much in one transaction
gathers it with together(), and it is written in two statements instead of two for each event.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from heard import flow
from heard.events.models import Event
from heard.live import notices
from heard.live.notices import Notice

# Letters that come in meanwhile go first.
LATER = -10


@dataclass(frozen=True, slots=True)
class Pending:
    """Events, jobs and notices in the order in which they were recorded.

    many: what flow.MANY names follows once for all of it. jobs: each with the event whose id it is
    to be told, if any. shared: by task, the events after which it follows once.
    """

    many: bool = False
    events: list[Event] = field(default_factory=list)
    jobs: list[tuple[Job, Event | None]] = field(default_factory=list)
    shared: dict[str, list[Event]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def write(self) -> None:
        """Keep the events and jobs, and tell open pages once the transaction has committed."""
        Event.objects.bulk_create(self.events)
        jobs = [_told(*each) for each in self.jobs]
        jobs += [_shared(*each) for each in self.shared.items()]
        if jobs:
            app.job_manager.batch_defer_jobs(jobs)
        notices.publish_on_commit(self.notices)


def _told(job: Job, event: Event | None) -> Job:
    """The job with the id of its event, which it has only now."""
    return job.evolve(task_kwargs={**job.task_kwargs, "event": event.pk}) if event else job


def _shared(task_name: str, events: list[Event]) -> Job:
    """One job for many events: their ids, and those of the conversations they happened in."""
    task = import_string(flow.task_path(task_name))
    conversations = sorted({one.conversation_id for one in events if one.conversation_id})
    made: Job = task.configure(priority=LATER).make_new_job(
        events=[one.pk for one in events], conversations=conversations
    )
    return made


_gathered: ContextVar[Pending | None] = ContextVar("gathered", default=None)


@contextmanager
def together(*, many: bool = False) -> Iterator[Pending]:
    """Gather what is recorded inside the block and write it at its end; nothing if it raises.

    many: one act on many conversations, after which follows once what flow.MANY names.

    Blocks inside of blocks write with the outermost. It must lie within one transaction, and
    whoever catches an exception inside it catches it with what was recorded before.
    """
    outer = _gathered.get()
    if outer is not None:
        yield outer
        return
    pending = Pending(many)
    token = _gathered.set(pending)
    try:
        yield pending
    finally:
        _gathered.reset(token)
    pending.write()
