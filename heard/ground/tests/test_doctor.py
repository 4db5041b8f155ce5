"""`heard check`: each part says whether it is well, and what to do when it is not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from heard.gateway.models import Envelope, MailboxLine
from heard.ground import doctor, migrations, web
from heard.inbox.models import Inbox


@pytest.fixture
def found(db: None) -> object:
    def ask() -> dict[str, doctor.Finding]:
        return {finding.name: finding for finding in doctor.checks()}

    return ask


def envelope(inbox: Inbox, state: str, *, minutes: int) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    Envelope.objects.create(
        inbox=inbox,
        digest=f"{state}{minutes}",
        raw=b"",
        source="smtp",
        received_at=at,
        kept_at=at,
        state=state,
    )


def beat(*, seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [timezone.now() - timedelta(seconds=seconds)],
        )


def test_a_database_that_answers_is_well(found) -> None:
    assert found()["database"].ok
    assert found()["migrations"].ok


def test_no_worker_is_said_with_what_to_do(found) -> None:
    assert not found()["worker"].ok
    assert "heard serve" in found()["worker"].sentence


@pytest.mark.parametrize(("seconds", "well"), [(1, True), (20, True), (90, False)])
def test_a_worker_is_well_while_it_gives_signs_of_life(found, seconds: int, well: bool) -> None:
    beat(seconds=seconds + 600)
    beat(seconds=seconds)
    assert found()["worker"].ok is well


def put_into_queue(queue: str, task: str, *, seconds: int, status: str = "todo") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES (%s, %s, %s) RETURNING id",
            [queue, task, status],
        )
        (job,) = cursor.fetchone()
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'deferred', %s)",
            [job, timezone.now() - timedelta(seconds=seconds)],
        )


@pytest.mark.parametrize(("seconds", "well"), [(5, True), (90, False)])
def test_a_listener_that_lives_does_not_hide_a_worker_that_died(
    found, seconds: int, well: bool
) -> None:
    beat(seconds=1)
    put_into_queue("default", "gateway.tasks.rescue", seconds=seconds)
    assert found()["worker"].ok is well


@pytest.mark.parametrize(
    ("seconds", "status", "well"),
    [(60, "todo", True), (600, "todo", False), (1, "failed", False), (600, "doing", True)],
)
def test_what_the_listener_leaves_undone_is_told(
    found, seconds: int, status: str, well: bool
) -> None:
    put_into_queue("listening", "readings.tasks.listen", seconds=seconds, status=status)
    assert found()["listening"].ok is well


def test_a_mailbox_shows_its_last_success_and_what_went_wrong_since(found, inbox: Inbox) -> None:
    line = MailboxLine.objects.create(
        inbox=inbox,
        host="imap.larkfield.example",
        port=993,
        last_success_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    )
    assert found()["mailbox of Support"].sentence == "Last success 2026-03-02 09:00 UTC."
    line.last_error = "The server did not answer."
    line.save()
    assert not found()["mailbox of Support"].ok
    assert found()["mailbox of Support"].sentence.endswith("The server did not answer.")


def test_a_letter_that_waits_for_long_is_found(found, inbox: Inbox) -> None:
    envelope(inbox, "waiting", minutes=1)
    assert found()["letters waiting"].ok
    envelope(inbox, "waiting", minutes=9)
    assert not found()["letters waiting"].ok


def test_a_letter_that_could_not_be_opened_is_found(found, inbox: Inbox) -> None:
    assert not found()["letters unread"].look
    envelope(inbox, "failed", minutes=1)
    assert found()["letters unread"].look
    assert found()["letters unread"].ok


def test_a_full_disk_is_said_before_it_hurts(found, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found()["disk"].ok
    monkeypatch.setattr(doctor, "_LEAST_DISK", 1 << 62)
    assert not found()["disk"].ok


def unreachable() -> list[str]:
    raise OperationalError("connection refused\nIs the server running?")


def test_without_a_database_the_rest_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "behind", unreachable)
    database, disk = doctor.checks()
    assert not database.ok and "(connection refused)" in database.sentence
    assert disk.name == "disk"


def test_tables_that_are_behind_are_named(found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "behind", lambda: ["inbox.0002_tags", "inbox.0003_views"])
    assert not found()["migrations"].ok
    assert "inbox.0002_tags" in found()["migrations"].sentence


def test_the_web_process_does_not_serve_while_tables_are_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(migrations, "behind", lambda: ["inbox.0002_tags"])
    assert web.run() == 1
    assert "1 migrations behind (first: inbox.0002_tags)" in capsys.readouterr().err


def test_the_web_process_does_not_serve_without_a_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(migrations, "behind", unreachable)
    assert web.run() == 1
    assert "cannot be reached" in capsys.readouterr().err


def test_forwarded_headers_count_only_from_named_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    assert web._settings()["proxy_headers"] is False
    monkeypatch.setenv("HEARD_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2")
    assert web._settings()["forwarded_allow_ips"] == ["10.0.0.1", "10.0.0.2"]
