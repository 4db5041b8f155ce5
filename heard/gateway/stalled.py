"""Jobs whose worker died: procrastinate keeps them as running until someone gives them back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate import App
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from heard import clock
from heard.events.verbs import follow_later
from heard.gateway.models import Envelope
from heard.inbox.models import Message

log = logging.getLogger("heard.gateway")

SWEPT = 500
# Workers and listeners beat every 2 s (heard/worker.py); five missed beats mean that one is gone.
SILENT_SECONDS = 10


async def rescue(app: App) -> int:
    """Put the jobs of silent workers back into the queue; how many there were."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS)
    return sum([await _give_back(app, job) for job in stalled])


async def _give_back(app: App, job: Job) -> bool:
    try:
        await app.job_manager.retry_job(job)
    except ConnectorException:
        log.info("Another worker was quicker with job %s", job.id)
        return False
    return True


def sweep() -> int:
    """Give a job to every letter that waits without one; how many jobs there were to give.

    A job that has run out of attempts is gone, and its letter must not wait for ever.
    """
    waiting = Envelope.objects.filter(state=Envelope.State.WAITING).order_by("inbox_id")
    queued = Message.objects.filter(state=Message.State.QUEUED).order_by("pk")
    forgotten = [
        *_without_job(waiting, "inbox_id", "gateway.tasks.unseal", "inbox"),
        *_without_job(queued, "pk", "gateway.tasks.deliver", "message"),
    ]
    for task, argument, pk in forgotten:
        follow_later(task, at=clock.now(), **{argument: pk})
    return len(forgotten)


def _without_job(
    waiting: QuerySet[Any], field: str, task: str, argument: str
) -> Iterator[tuple[str, str, int]]:
    """The rows for which no job of this task, or of its second try, is still to run.

    field: what of the row the job is for, which stands among its arguments as `argument`.
    """
    number = Cast(KeyTextTransform(argument, "args"), BigIntegerField())
    alive = ProcrastinateJob.objects.alias(number=number).filter(
        number=OuterRef(field), task_name__startswith=task, status__in=["todo", "doing"]
    )
    without = waiting.exclude(Exists(alive)).values_list(field, flat=True).distinct()
    for pk in without[:SWEPT]:
        yield task, argument, pk
