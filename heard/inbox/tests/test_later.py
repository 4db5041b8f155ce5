"""Times to choose from, right in any zone and on the days when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from heard.accounts import zones
from heard.inbox.later import at_wall, choices
from heard.refusal import Refusal

LONDON = ZoneInfo("Europe/London")


def test_a_tuesday_morning_offers_the_usual() -> None:
    now = datetime(2026, 3, 3, 10, 20, tzinfo=LONDON)
    assert [(one.label, one.says) for one in choices(now, LONDON)] == [
        ("Later today", "Tue 13:30"),
        ("Tomorrow morning", "Wed 09:00"),
        ("Monday", "Mon 09:00"),
        ("In a week", "Tue 09:00"),
    ]


@pytest.mark.parametrize(
    ("now", "labels"),
    [
        (datetime(2026, 3, 8, 12), ["Later today", "Tomorrow morning", "In a week"]),
        (datetime(2026, 3, 9, 12), ["Later today", "Tomorrow morning", "Monday"]),
        (datetime(2026, 3, 3, 22), ["In three hours", "Tomorrow morning", "Monday", "In a week"]),
    ],
)
def test_no_moment_is_offered_twice(now: datetime, labels: list[str]) -> None:
    offered = choices(now.replace(tzinfo=LONDON), LONDON)
    assert [one.label for one in offered] == labels


@given(
    some.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)).map(
        lambda at: at.replace(tzinfo=UTC)
    ),
    some.sampled_from(zones.names()),
)
def test_every_choice_is_to_come_and_a_morning_is_nine_on_the_wall(
    now: datetime, name: str
) -> None:
    zone = ZoneInfo(name)
    offered = choices(now, zone)
    times = [one.at for one in offered]
    assert times == sorted(set(times))
    assert all(now < at < now + timedelta(days=9) for at in times)
    assert all(one.says.endswith(" 09:00") for one in offered[1:])


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-03-29T09:00", "2026-03-29T08:00:00+00:00"),  # summer has begun that night
        ("2026-03-28T09:00", "2026-03-28T09:00:00+00:00"),
        ("2026-03-29T01:30", "2026-03-29T01:30:00+00:00"),  # no clock shows it: half past two
        ("2026-10-25T01:30", "2026-10-25T00:30:00+00:00"),  # shown twice: the first
        ("2026-10-25 09:00", "2026-10-25T09:00:00+00:00"),
        ("2026-12-01T09:00:00Z", "2026-12-01T09:00:00+00:00"),
    ],
)
def test_the_wall_clock_of_london(typed: str, moment: str) -> None:
    assert at_wall(typed, LONDON).astimezone(UTC).isoformat() == moment


@pytest.mark.parametrize("typed", ["", "soon", "2026-02-30T09:00", "0001-01-01T00:00", "9" * 5000])
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Refusal, match="no date and time"):
        at_wall(typed, ZoneInfo("Asia/Tokyo"))
