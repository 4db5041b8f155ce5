"""Is everything well? The questions behind `heard check`, each answered in one sentence."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import OperationalError
from django.db.models import Min
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from heard import environment
from heard.gateway.models import Envelope, MailboxLine, RelayLine
from heard.ground import migrations

_WORKER_SILENCE = timedelta(seconds=30)  # it beats every 2 s
_ENVELOPE_WAIT = timedelta(minutes=5)
_LEAST_DISK = 1 << 30  # bytes: below it PostgreSQL may soon stop taking letters


@dataclass(frozen=True, slots=True)
class Finding:
    """One question's answer; `sentence` says what is, and what to do when it is not well.

    look: a person is awaited, though nothing is broken.
    """

    name: str
    ok: bool
    sentence: str
    look: bool = False


def checks() -> list[Finding]:
    """Ask everything and return the answers; without a database, what can be told without."""
    disk = _disk(environment.home())
    try:
        missing = migrations.behind()
    except OperationalError as error:
        return [no_database(error), disk]
    well = Finding("database", True, "It answers.")
    if missing:
        return [well, _behind(missing), disk]
    tables = Finding("migrations", True, "The tables are up to date.")
    return [well, tables, _worker(), *_lines(), _waiting(), _failed(), _unheard(), disk]


def no_database(error: OperationalError) -> Finding:
    """What to say and do when the database does not answer."""
    reason = str(error).strip().splitlines()[0]
    text = f"It does not answer ({reason}). Start it with `heard serve`, or look at DATABASE_URL."
    return Finding("database", False, text)


def _behind(missing: list[str]) -> Finding:
    text = f"{len(missing)} are not applied yet, {missing[0]} first. `heard serve` applies them."
    return Finding("migrations", False, text)


def _worker() -> Finding:
    newest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    if newest is None:
        return Finding("worker", False, "None runs, so letters stay unopened. Run `heard serve`.")
    silence = timezone.now() - newest.last_heartbeat
    # The listener beats too. But only a worker does this job, which is due every few seconds.
    first = _waiting_since(task_name="gateway.tasks.rescue")
    if first is not None:
        silence = max(silence, timezone.now() - first)
    text = f"Last sign of life {silence.total_seconds():.0f} s ago."
    return Finding("worker", silence < _WORKER_SILENCE, text)


def _waiting_since(**which: str) -> datetime | None:
    """When the first of these jobs that nobody has begun was put into its queue."""
    waiting = ProcrastinateJob.objects.filter(status="todo", **which)
    deferred = waiting.filter(procrastinateevent__type="deferred")
    first: datetime | None = deferred.aggregate(at=Min("procrastinateevent__at"))["at"]
    return first


def _lines() -> Iterator[Finding]:
    """Each inbox's way in and way out, as its last contact went."""
    for line in MailboxLine.objects.select_related("inbox").order_by("inbox__name"):
        yield _line(f"mailbox of {line.inbox.name}", line)
    for relay in RelayLine.objects.select_related("inbox").order_by("inbox__name"):
        yield _line(f"relay of {relay.inbox.name}", relay)


def _line(name: str, line: MailboxLine | RelayLine) -> Finding:
    last = line.last_success_at
    when = f"Last success {last:%Y-%m-%d %H:%M} UTC." if last else "No success yet."
    return Finding(name, line.is_well, when if line.is_well else f"{when} {line.last_error}")


def _waiting() -> Finding:
    late = timezone.now() - _ENVELOPE_WAIT
    stuck = Envelope.objects.filter(state=Envelope.State.WAITING, kept_at__lt=late)
    count = stuck.count()
    text = f"{count} wait for more than {_ENVELOPE_WAIT.seconds // 60} minutes. Does a worker run?"
    return Finding("letters waiting", count == 0, text if count else "None waits for long.")


def _failed() -> Finding:
    """Letters that wait for a person. Anybody may send what can't be read: the house is well."""
    count = Envelope.objects.filter(state=Envelope.State.FAILED).count()
    if not count:
        return Finding("letters unread", True, "Every letter could be opened.")
    text = f"{count} could not be opened and wait for a person under Needs attention, whole."
    return Finding("letters unread", True, text, look=True)


def _unheard() -> Finding:
    """What waits for the listener, and what it gave up."""
    jobs = ProcrastinateJob.objects.filter(queue_name="listening")
    if given_up := jobs.filter(status="failed").count():
        text = f"{given_up} conversations could not be read. The log says why."
        return Finding("listening", False, text)
    first = _waiting_since(queue_name="listening")
    if first is None or first > timezone.now() - _ENVELOPE_WAIT:
        return Finding("listening", True, "Nothing waits for long to be read.")
    minutes = (timezone.now() - first).total_seconds() // 60
    text = f"Conversations have waited to be read for {minutes:.0f} minutes. Does a listener run?"
    return Finding("listening", False, text)


def _disk(at: Path) -> Finding:
    free = shutil.disk_usage(at if at.exists() else at.parent).free
    return Finding("disk", free >= _LEAST_DISK, f"{free / (1 << 30):.1f} GiB free at {at}.")
