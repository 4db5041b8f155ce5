"""The small words that templates make out of values."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from heard.ui import jinja


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (14_200, "14 KB"), (2_345_678, "2.3 MB")],
)
def test_file_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert jinja.file_size(size) == words


def test_times_can_be_read_before_the_browser_rewrites_them() -> None:
    assert jinja.moment(datetime(2026, 3, 3, 14, 5, tzinfo=UTC)) == "3 Mar 2026, 14:05"
    assert jinja.day(date(2026, 3, 3)) == "Tuesday 3 March 2026"
