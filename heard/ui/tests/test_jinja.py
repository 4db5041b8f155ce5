"""The small words that templates make out of values."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from heard.ui import jinja


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Maya Lindqvist", "ML"),
        ("Ines Maria Duarte", "ID"),
        ("sam", "S"),
        ("sam@larkfield.example", "SL"),
        ("(the) Office", "O"),
        ("", "·"),
        ("…", "·"),
        ("Łukasz Żak", "ŁŻ"),
        ("王 小明", "王小"),
    ],
)
def test_initials_stand_for_a_name(name: str, shown: str) -> None:
    assert jinja.initials(name) == shown


@given(some.text())
def test_initials_and_tone_take_any_name(name: str) -> None:
    assert 1 <= len(jinja.initials(name)) <= 6
    assert 0 <= jinja.tone(name) < jinja.TONES


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (14_200, "14 KB"), (2_345_678, "2.3 MB")],
)
def test_file_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert jinja.file_size(size) == words


def test_times_can_be_read_before_the_browser_rewrites_them() -> None:
    assert jinja.moment(datetime(2026, 3, 3, 14, 5)) == "3 Mar 2026, 14:05"
    assert jinja.moment(datetime(2026, 1, 3, 14, 5, tzinfo=UTC)).startswith("3 Jan 2026")
    assert jinja.day(date(2026, 3, 3)) == "Tuesday 3 March 2026"
    assert jinja.percent(2 / 3) == "67 %"
