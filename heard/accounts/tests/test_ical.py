"""Holidays are found in calendar files; what is wrong in one is named and costs nothing else."""

from __future__ import annotations

from datetime import date
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.accounts.ical import DayOff, read
from heard.refusal import Refusal

SINCE, UNTIL = date(2026, 1, 1), date(2027, 12, 31)


def file(*events: str) -> bytes:
    """A calendar of events, each given as its lines."""
    body = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def found(*events: str) -> list[str]:
    return [
        f"{day.first} {day.name}" if day.first == day.last else f"{day.first} {day.last} {day.name}"
        for day in read(file(*events), SINCE, UNTIL).days
    ]


GOOD = "SUMMARY:Christmas Day\nDTSTART;VALUE=DATE:20261225"


@pytest.mark.parametrize(
    ("event", "days"),
    [
        (GOOD, ["2026-12-25 Christmas Day"]),
        (f"{GOOD}\nDTEND;VALUE=DATE:20261227", ["2026-12-25 2026-12-26 Christmas Day"]),
        (f"{GOOD}\nDURATION:P3D", ["2026-12-25 2026-12-27 Christmas Day"]),
        (
            "SUMMARY:Eve\nDTSTART:20261224T000000\nDTEND:20261225T000000",
            ["2026-12-24 Eve"],
        ),
        (
            "SUMMARY:New Year\nDTSTART;VALUE=DATE:19710101\nRRULE:FREQ=YEARLY",
            ["2026-01-01 New Year", "2027-01-01 New Year"],
        ),
        (
            "SUMMARY:May\nDTSTART;VALUE=DATE:19950501\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1MO",
            ["2026-05-04 May", "2027-05-03 May"],
        ),
        (
            "SUMMARY:Ended\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;UNTIL=20260101",
            ["2026-01-01 Ended"],
        ),
        (
            "SUMMARY:Twice\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=2"
            "\nRDATE;VALUE=DATE:20260301\nEXDATE;VALUE=DATE:20260112",
            ["2026-01-05 Twice", "2026-03-01 Twice"],
        ),
        (
            "SUMMARY:Over New Year\nDTSTART;VALUE=DATE:20251229\nDTEND;VALUE=DATE:20260103",
            ["2025-12-29 2026-01-02 Over New Year"],
        ),
        ("SUMMARY:Leap\nDTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", []),
        (f"{GOOD}\nSTATUS:CANCELLED", []),
        ("SUMMARY:Long ago\nDTSTART;VALUE=DATE:20190101", []),
        ("DTSTART;VALUE=DATE:20260101", ["2026-01-01 Day off"]),
    ],
)
def test_days_off_are_found(event: str, days: list[str]) -> None:
    assert found(event) == days


def test_a_holiday_that_was_moved_is_found_on_its_new_day_alone() -> None:
    series = "UID:a\nSUMMARY:Jubilee\nDTSTART;VALUE=DATE:20250601\nRRULE:FREQ=YEARLY"
    moved = "UID:a\nSUMMARY:Jubilee\nDTSTART;VALUE=DATE:20260603\nRECURRENCE-ID;VALUE=DATE:20260601"
    assert found(series, moved) == ["2026-06-03 Jubilee", "2027-06-01 Jubilee"]


def test_a_day_that_stands_there_twice_is_found_once() -> None:
    assert found(GOOD, GOOD) == ["2026-12-25 Christmas Day"]


BAD = {
    "no rule": "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SOMETIMES",
    "garbage": "DTSTART;VALUE=DATE:20260101\nRRULE:garbage",
    "a rule without a frequency": "DTSTART;VALUE=DATE:20260101\nRRULE:COUNT=2",
    "a broken part": "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=May",
    "no such date": "DTSTART;VALUE=DATE:20269901",
    "a broken end": "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:2026",
    "no date at all": "DESCRIPTION:nothing",
    "every second": "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SECONDLY",
    "every day": "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY",
    "a meeting": "DTSTART:20260101T140000Z\nDTEND:20260101T150000Z",
    "ten years": "DTSTART;VALUE=DATE:20200101\nDTEND;VALUE=DATE:20300101",
    "another age": "DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY",
    "a broken place": "DTSTART;VALUE=DATE:20260101\nRECURRENCE-ID:20269901",
    "backwards": "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;INTERVAL=0",
}


@pytest.mark.parametrize("what", BAD)
def test_an_event_that_is_no_day_off_is_named_and_the_rest_is_found(what: str) -> None:
    came = read(file(f"SUMMARY:Odd one\n{BAD[what]}", GOOD), SINCE, UNTIL)
    assert came.days == (DayOff(date(2026, 12, 25), date(2026, 12, 25), "Christmas Day"),)
    assert len(came.left_out) == 1
    assert came.left_out[0].startswith("«Odd one» ")
    assert came.left_out[0].endswith("left out.")


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=MO;BYMONTH=2;BYMONTHDAY=30"],
)
def test_a_day_that_never_comes_is_not_waited_for(rule: str) -> None:
    began = monotonic()
    assert found(f"SUMMARY:Never\nDTSTART;VALUE=DATE:20200101\nRRULE:{rule}") == []
    assert monotonic() - began < 5


def test_many_rules_that_take_long_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heard.accounts.ical.PATIENCE_SECONDS", -1)
    with pytest.raises(Refusal, match="take too long"):
        found(GOOD)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no calendar"),
        (b"hello", "no calendar"),
        (b"\x89PNG\r\n\x1a\n", "no calendar"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no events"),
        (b"x" * 1_000_001, "larger than a megabyte"),
        (b"BEGIN:VEVENT\r\n" * 10_000, "more than 2,000 events"),
    ],
)
def test_a_file_that_is_no_list_of_holidays_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        read(content, SINCE, UNTIL)


def test_many_sentences_are_cut_short() -> None:
    came = read(file(*["SUMMARY:x\nDTSTART:20269901"] * 50), SINCE, UNTIL)
    assert came.left_out[-1] == "30 more events were left out."


@given(st.lists(st.text(max_size=60), max_size=6))
def test_nothing_in_an_event_breaks_the_reading(lines: list[str]) -> None:
    try:
        read(file("\n".join(["SUMMARY:x", "DTSTART;VALUE=DATE:20260101", *lines])), SINCE, UNTIL)
    except Refusal as refusal:
        assert refusal.says
