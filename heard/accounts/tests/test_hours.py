"""Working hours are right in every zone, on every day, whichever way the clocks go."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.accounts.hours import DAY, Hours, NeverOpen, always

OFFICE = ((540, 1020),)
MON_TO_FRI = (OFFICE,) * 5 + ((),) * 2
ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Havana",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Antarctica/Troll",
)


def at(written: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


def hours(zone: str = "Europe/London", week=MON_TO_FRI, *holidays: str) -> Hours:
    return Hours(ZoneInfo(zone), week, frozenset(map(date.fromisoformat, holidays)))


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("start", "worked", "due"),
    [
        ("2026-03-02T09:00", 60, "2026-03-02T10:00"),  # within one day
        ("2026-03-02T16:30", 60, "2026-03-03T09:30"),  # over a night
        ("2026-03-06T16:30", 60, "2026-03-09T09:30"),  # over a weekend
        ("2026-03-07T12:00", 60, "2026-03-09T10:00"),  # begun while closed
        ("2026-03-02T16:00", 60, "2026-03-02T17:00"),  # due at the closing, not the next morning
        ("2026-03-02T09:00", 480, "2026-03-02T17:00"),
        ("2026-03-27T16:30", 60, "2026-03-30T09:30"),  # over the night that clocks go forward
        ("2026-12-24T16:00", 120, "2026-12-29T10:00"),  # over two holidays and a weekend
        ("2026-03-02T03:00", 0, "2026-03-02T03:00"),
    ],
)
def test_open_time_is_added_from_opening_to_closing(start: str, worked: int, due: str) -> None:
    office = hours("Europe/London", MON_TO_FRI, "2026-12-25", "2026-12-28")
    ends = office.add(at(start, "Europe/London"), minutes(worked))
    assert ends == at(due, "Europe/London")


@pytest.mark.parametrize(
    ("zone", "day", "open_hours"),
    [
        ("Europe/Berlin", "2026-03-29", 23),  # spring
        ("Europe/Berlin", "2026-10-25", 25),  # autumn
        ("Australia/Lord_Howe", "2026-10-04", 23.5),  # by half an hour
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Pacific/Apia", "2011-12-30", 0),  # the day that Samoa left out
        ("America/St_Johns", "2010-11-06", 24 + 59 / 60),  # clocks go back over midnight
        ("America/Sao_Paulo", "2018-11-04", 23),  # midnight itself is skipped
        ("Africa/Casablanca", "2026-02-15", 25),
    ],
)
def test_a_day_lasts_as_long_as_its_clock_says(zone: str, day: str, open_hours: float) -> None:
    begins = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=2)
    week = [()] * 7
    week[date.fromisoformat(day).weekday()] = ((0, DAY),)
    around = hours(zone, tuple(week)).between(begins, begins + timedelta(days=4))
    assert around == timedelta(hours=open_hours)


def test_an_hour_that_comes_twice_counts_twice_and_one_that_is_skipped_not_at_all() -> None:
    night = hours("Europe/Berlin", (((90, 210),),) * 7)  # 1:30 to 3:30
    noon = at("2026-10-24T12:00", "Europe/Berlin"), at("2026-10-25T12:00", "Europe/Berlin")
    assert night.between(*noon) == minutes(180)
    noon = at("2026-03-28T12:00", "Europe/Berlin"), at("2026-03-29T12:00", "Europe/Berlin")
    assert night.between(*noon) == minutes(60)


def test_a_night_shift_ends_the_next_morning_and_a_holiday_is_a_whole_day() -> None:
    nights = hours("Europe/London", (((22 * 60, 6 * 60),),) * 7, "2026-12-25")
    assert nights.is_open(at("2026-12-24T23:59", "Europe/London"))
    assert not nights.is_open(at("2026-12-25T00:00", "Europe/London"))
    assert not nights.is_open(at("2026-12-25T23:00", "Europe/London"))
    assert nights.is_open(at("2026-12-26T05:59", "Europe/London"))
    sunday = hours("UTC", ((),) * 6 + (((1320, 360),),))
    assert sunday.is_open(at("2026-03-09T05:00"))  # Monday morning


def test_breaks_are_closed() -> None:
    office = hours("UTC", (((540, 750), (810, 1020)),) * 7)
    assert not office.is_open(at("2026-03-02T12:45"))
    assert office.next_opening(at("2026-03-02T12:45")) == at("2026-03-02T13:30")
    assert office.closes(at("2026-03-02T12:00")) == at("2026-03-02T12:30")
    assert office.closes(at("2026-03-02T12:45")) is None


def test_day_and_night_never_closes() -> None:
    assert always().closes(at("2026-03-02T12:00")) is None
    assert always().add(at("2026-03-02T12:00"), minutes(90)) == at("2026-03-02T13:30")
    touching = hours("UTC", (((0, 720), (720, DAY)),) * 5 + ((),) * 2)
    assert touching.closes(at("2026-03-02T12:00")) == at("2026-03-07T00:00")


def test_hours_that_never_open_say_so_at_once() -> None:
    shut = hours("UTC", ((),) * 7)
    with pytest.raises(NeverOpen):
        shut.next_opening(at("2026-03-02T12:00"))
    with pytest.raises(NeverOpen):
        shut.add(at("2026-03-02T12:00"), minutes(1))
    assert shut.between(at("2026-03-02T12:00"), at("2027-03-02T12:00")) == timedelta()
    a_minute_a_week = hours("UTC", (((0, 1),),) + ((),) * 6)
    with pytest.raises(NeverOpen):
        a_minute_a_week.add(at("2026-03-02T12:00"), minutes(1000))


@pytest.mark.parametrize("week", [(), ((),) * 6, (((0, 1441),),) * 7, (((-1, 5),),) * 7])
def test_a_week_that_is_none_is_refused(week: tuple) -> None:
    with pytest.raises(ValueError):
        hours("UTC", week)


spans = st.tuples(st.integers(0, DAY - 1), st.integers(0, DAY))
weeks = st.lists(st.lists(spans, max_size=3).map(tuple), min_size=7, max_size=7).map(tuple)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)).map(
    lambda one: one.replace(second=0, microsecond=0, tzinfo=UTC)
)
lengths = st.integers(0, 8 * DAY).map(minutes)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Hours, datetime]:
    """Hours and a moment, more often than not within days of a change of the clocks."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    moment = draw(moments)
    if draw(st.booleans()):
        moment = _near_a_change(zone, moment)
    near = st.integers(-3, 9).map(lambda days: (moment + timedelta(days=days)).date())
    return Hours(zone, draw(weeks), draw(st.frozensets(near, max_size=3))), moment


def _near_a_change(zone: ZoneInfo, moment: datetime) -> datetime:
    for _ in range(400):
        later = moment + timedelta(days=1)
        if moment.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            break
        moment = later
    return moment


def _by_the_minute(one: Hours, a: datetime, b: datetime) -> timedelta:
    """The slow way: look at the clock on the wall each minute."""
    count, moment = 0, a
    while moment < b:
        local = moment.astimezone(one.zone)
        count += _says_open(one, local)
        moment += minutes(1)
    return minutes(count)


def _says_open(one: Hours, local: datetime) -> bool:
    if local.date() in one.holidays:
        return False
    passed = local.hour * 60 + local.minute
    today = one.week[local.weekday()]
    yesterday = one.week[local.weekday() - 1]
    return any(start <= passed < end or (end <= start <= passed) for start, end in today) or any(
        end <= start and passed < end for start, end in yesterday
    )


@given(scenes(), st.integers(0, 3 * DAY).map(minutes))
@settings(max_examples=60)
def test_open_time_is_what_a_clock_watched_each_minute_says(
    scene: tuple[Hours, datetime], length: timedelta
) -> None:
    one, moment = scene
    # Offsets of whole minutes alone: the slow way looks at whole minutes.
    assert one.between(moment, moment + length) == _by_the_minute(one, moment, moment + length)
    assert one.is_open(moment) == _says_open(one, moment.astimezone(one.zone))


@given(scenes(), lengths, lengths)
def test_open_time_adds_up(
    scene: tuple[Hours, datetime], first: timedelta, second: timedelta
) -> None:
    one, a = scene
    b, c = a + first, a + first + second
    assert one.between(a, b) + one.between(b, c) == one.between(a, c)
    assert timedelta() <= one.between(a, b) <= first
    assert one.between(b, a) == -one.between(a, b)


@given(scenes(), lengths, lengths)
def test_what_was_added_has_passed(
    scene: tuple[Hours, datetime], worked: timedelta, more: timedelta
) -> None:
    one, start = scene
    try:
        due, later = one.add(start, worked), one.add(start, worked + more)
    except NeverOpen:
        return
    assert one.between(start, due) == worked
    assert due <= later
    assert one.add(due, more) == later


@given(scenes())
def test_the_next_opening_is_open_and_nothing_before_it_is(scene: tuple[Hours, datetime]) -> None:
    one, moment = scene
    try:
        opens = one.next_opening(moment)
    except NeverOpen:
        return
    assert one.is_open(opens)
    assert one.between(moment, opens) == timedelta()
    closes = one.closes(opens)
    assert closes is None or (not one.is_open(closes) and one.is_open(closes - minutes(1)))
