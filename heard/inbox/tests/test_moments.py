"""Times that people choose: right over every change of the clocks, refused where they are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.inbox import moments
from heard.refusal import Refusal

NOW = datetime(2026, 3, 27, 10, 0, tzinfo=UTC)  # a Friday; the clocks change on Sunday
ZONES = [
    "Europe/London",
    "Europe/Lisbon",
    "Australia/Lord_Howe",
    "America/New_York",
    "Asia/Kolkata",
]


@pytest.mark.parametrize(
    ("said", "zone", "utc"),
    [
        ("2026-03-28T09:00", "Europe/London", "2026-03-28T09:00"),
        ("2026-03-30T09:00", "Europe/London", "2026-03-30T08:00"),
        ("2026-10-26T09:00", "Europe/London", "2026-10-26T09:00"),
        ("2026-03-30T09:00", "Asia/Kolkata", "2026-03-30T03:30"),
        ("2026-10-05T09:00", "Australia/Lord_Howe", "2026-10-04T22:00"),
    ],
)
def test_nine_o_clock_is_nine_o_clock_there(said: str, zone: str, utc: str) -> None:
    assert moments.moment(said, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "zone", "says"),
    [
        ("2026-03-29T01:30", "Europe/London", "01:30 does not come on 29 March"),
        ("2026-10-25T01:30", "Europe/London", "01:30 comes twice on 25 October"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "02:15 does not come on 4 October"),
        ("2026-03-27T09:59", "Europe/London", "has passed"),
        ("2026-03-27T10:00", "Europe/London", "has passed"),
        ("2028-03-27T10:00", "Europe/London", "a year at most"),
        ("tomorrow", "Europe/London", "no date and time"),
        ("", "Europe/London", "no date and time"),
        ("2026-02-30T10:00", "Europe/London", "no date and time"),
        ("2026-03-28T09:00", "Mars/Olympus", "no such time zone"),
        ("2026-03-28T09:00", "../etc/passwd", "no such time zone"),
    ],
)
def test_what_is_no_time_is_refused_in_words(said: str, zone: str, says: str) -> None:
    with pytest.raises(Refusal) as refusal:
        moments.chosen(said, zone, NOW)
    assert says in refusal.value.says
    assert refusal.value.code == "time"


def test_the_choices_are_times_one_can_say() -> None:
    offered = moments.choices(NOW, "Europe/London")
    assert [(one.words, one.said) for one in offered] == [
        ("In an hour", "2026-03-27T11:00"),
        ("This afternoon", "2026-03-27T14:00"),
        ("Tomorrow morning", "2026-03-28T09:00"),
        ("Tomorrow afternoon", "2026-03-28T14:00"),
        ("Monday morning", "2026-03-30T09:00"),
    ]


@given(at=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), zone=st.sampled_from(ZONES))
def test_every_choice_lies_ahead_and_is_what_its_clock_shows(at: datetime, zone: str) -> None:
    now = at.replace(tzinfo=UTC)
    for one in moments.choices(now, zone):
        assert now < one.at <= now + timedelta(days=8)
        assert one.at.astimezone(ZoneInfo(zone)).strftime(moments.MINUTES) == one.said
        assert moments.chosen(one.said, zone, now).at == one.at


@given(at=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), zone=st.sampled_from(ZONES))
def test_a_moment_and_its_clock_time_are_one_or_refused(at: datetime, zone: str) -> None:
    minute = at.replace(second=0, microsecond=0, tzinfo=UTC)
    try:
        assert moments.moment(moments.said_at(minute, zone), zone) == minute
    except Refusal as refusal:
        assert "twice" in refusal.says
