"""Working hours are typed as people say them, and read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.accounts.hours import DAY
from heard.accounts.weeks import parsed, written
from heard.refusal import Refusal

NINE_TO_FIVE = ((540, 1020),)
OFFICE = (NINE_TO_FIVE,) * 5 + ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Mon to Fri 9:00–17:00",
        "monday-friday: 9 - 17",
        "Weekdays 9am to 5pm",
        "Mon–Thu 09.00-17.00\n\nFri 9:00–17:00",
        "Mon, Tue, Wed and Thu 9–17\nFriday 9–17\nSat closed",
    ],
)
def test_one_week_in_many_words(text: str) -> None:
    assert parsed(text) == OFFICE


@pytest.mark.parametrize(
    ("text", "monday", "sunday"),
    [
        ("Mon 9:00–12:30, 13:30–17:00", ((540, 750), (810, 1020)), ()),
        ("Every day all day", ((0, DAY),), ((0, DAY),)),
        ("Daily 22:00–6:00", ((1320, 360),), ((1320, 360),)),
        ("Sat to Mon 10–12", ((600, 720),), ((600, 720),)),
        ("Mon 12am–12pm\nSun 12pm–12am", ((0, 720),), ((720, 0),)),
        ("Mon 18:00–24:00\nMon 9:00–12:00", ((540, 720), (1080, DAY)), ()),
    ],
)
def test_breaks_nights_and_days_without_end(text: str, monday: tuple, sunday: tuple) -> None:
    week = parsed(text)
    assert (week[0], week[6]) == (monday, sunday)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Nothing is open"),
        ("Mon closed", "Nothing is open"),
        ("Mon to Fri", "names no times"),
        ("Mon to Fry 9–17", "«fry» is no day"),
        ("T 9–17", "«t» is no day"),
        ("9–17", "names no days"),
        ("Mon 9–25", "«25» is no time of day"),
        ("Mon 9–13pm", "«13pm» is no time of day"),
        ("Mon 9", "«9» is no time from and until"),
        ("Mon 9–9", "«9–9» is no time from and until"),
        ("Mon to Wed to Fri 9–17", "not clear which days"),
        ("Mon 9–17 <script>", "is no time of day"),
        ("x" * 3000, "longer than a page"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        parsed(text)


def test_equal_days_share_a_line_and_closed_ones_have_none() -> None:
    week = (*((NINE_TO_FIVE),) * 4, ((540, 750), (810, 960)), ((600, 780),), ())
    assert written(week) == "Mon to Thu 9:00–17:00\nFri 9:00–12:30, 13:30–16:00\nSat 10:00–13:00"
    assert written((((0, DAY),),) * 7) == "Every day 0:00–24:00"


spans = st.tuples(st.integers(0, DAY - 1), st.integers(0, DAY)).filter(lambda one: one[0] != one[1])
days = st.lists(spans, max_size=3).map(lambda some: tuple(sorted(set(some))))


@given(st.tuples(*[days] * 7).filter(any))
def test_what_was_written_is_read_back(week: tuple) -> None:
    assert parsed(written(week)) == week


@given(st.text(max_size=80))
def test_any_words_are_read_or_refused(text: str) -> None:
    try:
        assert any(parsed(text))
    except Refusal as refusal:
        assert refusal.says
