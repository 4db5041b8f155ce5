"""What happens again and again happens when it should."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from croniter import croniter
from procrastinate.contrib.django import app

NOON = datetime(2026, 3, 2, 12, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("task", "seconds"),
    [("gateway.tasks.look", 5), ("gateway.tasks.rescue", 5), ("gateway.tasks.sweep", 300)],
)
def test_the_pause_between_two_runs(task: str, seconds: int) -> None:
    tasks = app.periodic_registry.periodic_tasks
    (cron,) = [entry.cron for (name, _), entry in tasks.items() if name == task]
    times = croniter(cron, NOON)
    first, *later = [times.get_next(datetime) for _ in range(20)]
    pauses = {(b - a).total_seconds() for a, b in zip([first, *later], later, strict=False)}
    assert pauses == {seconds}
