"""Numbers and skills: right where there is evidence, absent where there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heard.listening import Reading, read
from heard.listening.measures.readability import reading_ease, syllables
from heard.listening.tests.said import THURSDAY, agent, customer


def measured(reading: Reading) -> dict[str, float]:
    return {m.name: m.value for m in reading.measures}


def skilled(reading: Reading) -> dict[str, float]:
    return {s.name: s.score for s in reading.skills}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("saw", 1),
        ("blade", 1),
        ("table", 2),
        ("delivery", 4),
        ("create", 2),
        ("being", 2),
        ("snapped", 1),
        ("wanted", 2),
        ("boxes", 2),
        ("idea", 3),
        ("station", 2),
        ("the", 1),
        ("hmm", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_read_easier_than_long_ones() -> None:
    plain = reading_ease(["we", "send", "it", "today"], 1)
    hard = reading_ease(["notification", "regarding", "organisational", "modifications"], 1)
    assert plain > 90 > 30 > hard


def test_response_times_count_from_the_first_unanswered_turn() -> None:
    reading = read(
        [
            customer("Hello."),
            customer("Anybody?", at=THURSDAY + timedelta(hours=1)),
            agent("Hello.", at=THURSDAY + timedelta(hours=2)),
        ]
    )
    assert measured(reading)["first_response"] == 7_200


def test_times_that_run_backwards_are_left_out() -> None:
    reading = read([customer("Hello."), agent("Hello.", at=THURSDAY - timedelta(hours=1))])
    assert "first_response" not in measured(reading)


def test_times_with_and_without_zone_can_meet() -> None:
    reading = read([customer("Hello.", at=THURSDAY.replace(tzinfo=None)), agent("Hello.")])
    assert measured(reading)["first_response"] == 0


def test_talk_share_in_words_and_in_seconds() -> None:
    assert measured(read([customer("one two three"), agent("four")]))["talk_share"] == 0.25
    spoken = read([customer("one", start=0.0, end=9.0), agent("two", start=9.0, end=10.0)])
    assert measured(spoken)["talk_share"] == pytest.approx(0.1)


def test_one_side_alone_has_no_talk_share() -> None:
    assert "talk_share" not in measured(read([customer("Hello there.")]))


def test_a_skill_without_evidence_has_no_score() -> None:
    assert skilled(read([])) == {}
    assert set(skilled(read([agent("The shop is in Leeds.")]))) == {"Clarity"}
    assert skilled(read([customer("When will it arrive?")])) == {}


def test_every_skill_shows_words_of_the_conversation() -> None:
    turns = [
        customer("I am frustrated. When will the blade arrive?", name="Ines Duarte"),
        agent(
            "Hi Ines, I can see why this is frustrating. So the blade has not arrived yet. "
            "What are you working on? I'll send a new one tomorrow. Just reply to this email."
        ),
    ]
    reading = read(turns)
    assert {"Open questions", "Reflection", "Empathy", "Coverage", "Expectations"} <= set(
        skilled(reading)
    )
    for skill in reading.skills:
        assert 0 <= skill.score <= 1
        for place in skill.evidence:
            assert turns[place.turn].text[place.start : place.end].strip()


@pytest.mark.parametrize(
    ("good", "poor", "skill"),
    [
        ("What happened to the blade?", "Is it new?", "Open questions"),
        ("That must be frustrating.", "Noted.", "Empathy"),
        ("I'll send one by Friday.", "I'll send one.", "Expectations"),
        ("Thank you for the photo.", "You should have called us.", "Respect"),
        ("It left yesterday.", "Thank you for your message.", "Coverage"),
    ],
)
def test_better_listening_scores_higher(good: str, poor: str, skill: str) -> None:
    said = customer("I am really frustrated. When did the blade leave?")
    assert skilled(read([said, agent(good)]))[skill] > skilled(read([said, agent(poor)]))[skill]


def test_talking_over_counts_against_patience() -> None:
    over = [
        customer("I wanted to say", start=0.0, end=5.0),
        agent("What is it?", start=3.0, end=6.0),
    ]
    after = [
        customer("I wanted to say", start=0.0, end=5.0),
        agent("What is it?", start=5.2, end=6.0),
    ]
    assert skilled(read(over))["Patience"] < skilled(read(after))["Patience"]
