"""The letters and the tone that stand for a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from heard.listening.people import TONES, initials, tone


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
    assert initials(name) == shown


@given(some.text())
def test_initials_and_tone_take_any_name(name: str) -> None:
    assert 1 <= len(initials(name)) <= 6
    assert 0 <= tone(name) < TONES
