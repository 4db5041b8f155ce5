"""Numbers as people say them."""

from __future__ import annotations

import pytest

from heard.listening.figures import figure, percent, sure
from heard.listening.types import Measure


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.667, "share of asks", "67 % of asks"),
        (4320.0, "seconds", "1 h 12 min"),
        (90_000.0, "seconds", "1 day 1 h"),
        (2.5, "seconds", "2.5 s"),
        (1.0, "turns", "1 turn"),
        (0.0, "yes or no", "no"),
        (12_345.0, "words", "12,345 words"),
    ],
)
def test_figures_are_said_as_people_say_them(value: float, unit: str, said: str) -> None:
    assert figure(Measure(name="n", value=value, unit=unit, source="s")) == said


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (1.0, "Quite sure (100 %)"),
        (0.85, "Quite sure (85 %)"),
        (0.846, "Quite sure (85 %)"),
        (0.84, "Fairly sure (84 %)"),
        (0.6, "Fairly sure (60 %)"),
        (0.2, "Not sure (20 %)"),
    ],
)
def test_how_sure_is_said_by_the_percents_that_stand_beside(score: float, said: str) -> None:
    assert sure(score) == said


def test_a_share_is_said_in_whole_percents() -> None:
    assert percent(2 / 3) == "67 %"
