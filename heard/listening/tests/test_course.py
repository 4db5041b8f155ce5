"""How the customer's feeling goes, where it turns, and what it forecasts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings

from heard.listening import Course, Turn, read
from heard.listening.tests.said import THURSDAY, agent, customer
from heard.listening.tests.test_properties import TURNS


def values(*turns: Turn) -> list[float]:
    return [one.value for one in read(turns).course.feelings]


def risk(*turns: Turn) -> float:
    return read(turns).course.risks[-1].value


@pytest.mark.parametrize(
    ("calmer", "stronger"),
    [
        ("I am a bit worried.", "I am worried."),
        ("I am worried.", "I am very worried."),
        ("I am very worried.", "I am very worried!"),
        ("I am confused.", "I am frustrated."),
        ("I am frustrated.", "I am frustrated and worried."),
        ("I am relieved, but worried.", "I am worried."),
    ],
)
def test_a_stronger_feeling_lies_lower(calmer: str, stronger: str) -> None:
    assert -1 <= values(customer(stronger))[0] < values(customer(calmer))[0] < 1


def test_no_feeling_is_nought_and_shows_nothing() -> None:
    (one,) = read([customer("The blade is 20 cm long.")]).course.feelings
    assert (one.value, one.evidence, one.names) == (0.0, (), ())


def test_pleasant_feelings_lie_above() -> None:
    assert values(customer("I am so relieved!"))[0] > 0.5
    assert 0 < values(customer("Thank you for the photo."))[0] < 0.3
    assert values(customer("Where is it? Thanks in advance."))[0] == 0


def test_a_turning_point_names_what_the_colleague_did_before() -> None:
    turns = [
        customer("I am really frustrated! Where is my order?"),
        agent("That must be frustrating. It left yesterday and will be with you on Friday."),
        customer("What a relief, I am so relieved!"),
    ]
    (turned,) = read(turns).course.turning_points
    assert (turned.turn, turned.before) == (2, 1)
    assert turned.change > 1
    assert "empathy" in turned.acts


def test_the_first_words_and_small_changes_are_no_turning_points() -> None:
    assert read([customer("I am furious!")]).course.turning_points == ()
    again = [customer("I am worried."), agent("Noted."), customer("I am very worried.")]
    assert read(again).course.turning_points == ()


def test_a_turn_without_a_reply_before_it_names_none() -> None:
    (turned,) = read([customer("It came."), customer("I am furious!")]).course.turning_points
    assert (turned.before, turned.acts) == (None, ())


CALM = customer("Where is my order?")
REPLY = agent("Thank you for your message.")


@pytest.mark.parametrize(
    "worse",
    [
        [customer("I am furious. Where is my order?")],
        [customer("Where is my order? I will cancel my account.")],
        [CALM, REPLY],
        [CALM, REPLY, customer("As I said, I asked about my order.")],
        [CALM, customer("Hello?")],
        [CALM, agent("It left yesterday.", at=THURSDAY + timedelta(hours=60))],
    ],
    ids=["feeling", "leaving", "left open", "repeat", "writes again", "waiting"],
)
def test_each_reason_raises_the_risk(worse: list[Turn]) -> None:
    assert 0 == risk(CALM) < risk(*worse) <= 1


@pytest.mark.parametrize(
    "better",
    [
        agent("I understand how frustrating that is. Thank you."),
        agent("Your order left yesterday and arrives on Friday."),
    ],
)
def test_listening_lowers_the_risk(better: Turn) -> None:
    angry = customer("I am very frustrated. When does my order arrive?")
    assert risk(angry, better) < risk(angry, agent("Noted."))


def test_relief_lowers_it_again() -> None:
    angry = [customer("I am furious. Where is it? I will cancel my account."), REPLY]
    assert risk(*angry, customer("It came, I am so relieved.")) < risk(*angry)


def test_an_ask_made_again_counts_where_it_was_made_last() -> None:
    again = [CALM, REPLY, customer("Where is my order?"), REPLY]
    assert "1 ask left open" in read(again).course.risks[-1].why


@settings(max_examples=60, deadline=None)
@given(TURNS, TURNS)
def test_later_turns_never_change_an_earlier_forecast(first: list[Turn], more: list[Turn]) -> None:
    assert upto(read([*first, *more]).course, len(first)) == read(first).course


@pytest.mark.parametrize("count", range(1, 9))
def test_nor_do_answers_and_repeats(count: int) -> None:
    turns = [
        customer("When will the blade arrive? Can I pay by card? I am worried."),
        agent("You can pay by card."),
        customer("When will the blade arrive? I am angry."),
        agent("Sorry for that. I will check."),
        agent("The blade arrives on Friday."),
        customer("When does it arrive, as I asked? Can I pay by card?"),
        agent("The blade arrives on Friday, and you can pay by card."),
        customer("It is all sorted now, thank you."),
    ]
    assert upto(read(turns).course, count) == read(turns[:count]).course


def upto(whole: Course, count: int) -> Course:
    return Course(
        feelings=tuple(one for one in whole.feelings if one.turn < count),
        turning_points=tuple(one for one in whole.turning_points if one.turn < count),
        risks=whole.risks[:count],
    )


@settings(max_examples=60, deadline=None)
@given(TURNS)
def test_every_value_keeps_its_bounds_and_shows_words(turns: list[Turn]) -> None:
    course = read(turns).course
    assert len(course.risks) == len(turns)
    assert all(0 <= one.value <= 1 and one.why for one in course.risks)
    for felt in course.feelings:
        assert -1 <= felt.value <= 1
        assert bool(felt.evidence) == bool(felt.names)
    shown = [p for one in (*course.feelings, *course.risks) for p in one.evidence]
    for place in shown:
        assert turns[place.turn].text[place.start : place.end].strip()
