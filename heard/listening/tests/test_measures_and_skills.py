"""Numbers and skills: right where there is evidence, absent where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from heard.listening import Reading, Turn, read
from heard.listening.grammar.en.style import EASE, syllables
from heard.listening.tests.said import THURSDAY, agent, customer
from heard.listening.types import Speaker


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
    plain = EASE.points(["we", "send", "it", "today"], 1)
    hard = EASE.points(["notification", "regarding", "organisational", "modifications"], 1)
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


def test_a_customer_who_wrote_again_in_vain_has_waited() -> None:
    prompt_ = [customer("It broke."), agent("Oh no.", at=THURSDAY + timedelta(minutes=5))]
    days = [timedelta(days=day) for day in (1, 3)]
    vain = [*prompt_, *(customer("Hello?", at=THURSDAY + day) for day in days)]
    once = [*prompt_, customer("Hello?", at=THURSDAY + days[0])]
    assert skilled(read(prompt_))["Promptness"] == skilled(read(once))["Promptness"] == 1.0
    assert skilled(read(vain))["Promptness"] == 0.5
    (why,) = (one.why for one in read(vain).skills if one.name == "Promptness")
    assert why.startswith("The customer wrote again after 48.0 hours without a reply.")


def test_an_answer_in_part_is_half_of_one() -> None:
    asked = customer("Could you send me the invoice? And when does the blade ship?")
    reading = read([asked, agent("I'll send you the invoice today. The blade ships on Friday.")])
    assert measured(reading)["ask_coverage"] == skilled(reading)["Coverage"] == 0.75
    (why,) = (one.why for one in reading.skills if one.name == "Coverage")
    assert why == "2 of 2 asks were answered the first time, 1 of them in part."


def test_nothing_is_said_of_answers_where_a_reply_could_not_be_read() -> None:
    reading = read([customer("When will it ship?"), agent("Morgen komt het aan.", lang="nl")])
    assert "ask_coverage" not in measured(reading)
    assert "Coverage" not in skilled(reading)


def test_a_reply_that_begins_before_what_it_answers_has_its_times_wrong() -> None:
    turns = [customer("It broke.", start=30.0, end=32.0), agent("Oh no.", start=2.0, end=4.0)]
    assert not {"talk_over", "reply_gap"} & set(measured(read(turns)))


def chat(speaker: Speaker, text: str, start: float, end: float) -> Turn:
    """A chat message: when its writing began, and when it was sent."""
    return Turn(speaker=speaker, text=text, start=start, end=end, channel="chat")


@pytest.mark.parametrize(("sent", "times"), [(19.0, 0), (20.4, 0), (26.0, 1)])
def test_a_chat_message_sent_while_the_customer_writes_is_counted(sent: float, times: int) -> None:
    turns = [
        chat("customer", "The blade wobbles.", 0, 8),
        chat("agent", "Have you tightened the nut?", 10, sent),
        chat("customer", "And the nut is tight, before you ask.", 20, 30),
        chat("agent", "Thank you. Then it is the flange.", 33, 40),
    ]
    reading = read(turns)
    assert measured(reading)["typed_over"] == times
    assert "reply_gap" not in measured(reading)
    assert units(reading)["talk_share"] == "share of words"
    patience = next(skill for skill in reading.skills if skill.name == "Patience")
    assert ("Wrote over the customer once." in patience.why) == bool(times)


def test_talking_over_is_counted_and_only_likely_in_subtitles() -> None:
    turns = [
        customer("I wanted to say", start=0.0, end=5.0),
        agent("What is it?", start=3.0, end=6.0),
        customer("That it broke.", start=6.0, end=8.0),
        agent("I see.", start=8.4, end=9.0),
    ]
    assert measured(read(turns))["talk_over"] == 1
    assert measured(read(turns))["reply_gap"] == pytest.approx(-0.8)
    assert units(read(turns))["talk_over"] == "times"
    assert units(read([replace(t, channel="voice") for t in turns]))["talk_over"] == "times, likely"


def units(reading: Reading) -> dict[str, str]:
    return {m.name: m.unit for m in reading.measures}


@pytest.mark.parametrize(
    ("reply", "first"),
    [
        ("You could switch it off.", 1),
        ("What happened? You could switch it off.", 0),
        ("Hm.", None),
    ],
)
def test_a_solution_before_the_first_question(reply: str, first: float | None) -> None:
    assert measured(read([customer("It beeps."), agent(reply)])).get("solution_first") == first


def test_the_same_words_match_in_style_and_a_telegram_does_not() -> None:
    said = (
        "I am sorry that it was not there when you came to the shop with all of them, but so it is."
    )
    said = " ".join([said] * 3)
    telegram = "The parcel is sent. Tracking number attached. Delivery Friday morning. " * 6
    alike = measured(read([customer(said), agent(said)]))["language_mirroring"]
    unlike = measured(read([customer(said), agent(telegram)]))["language_mirroring"]
    assert alike == pytest.approx(1, abs=0.001)
    assert unlike < 0.5


def test_personal_words() -> None:
    personal = measured(read([agent("I saw your letter and I will write to you again soon. " * 3)]))
    formal = measured(
        read([agent("The letter was received and the reply is being written now. " * 3)])
    )
    assert personal["personal_words"] > 30 > formal["personal_words"] == 0


@pytest.mark.parametrize(
    "name",
    [
        *("language_mirroring", "personal_words", "reading_ease", "question_rate"),
        *("open_questions", "reflection_to_question", "median_response", "talk_over"),
    ],
)
def test_too_little_is_not_measured(name: str) -> None:
    assert name not in measured(read([customer("It broke."), agent("What broke?")]))


def test_every_measure_is_in_the_guide_with_its_unit() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "measures.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1:3] for row in guide.splitlines() if row.startswith("| `")]
    told = {name.strip().strip("`"): unit.strip() for name, unit in rows}
    found: dict[str, str] = {}
    for turns in EVERY_MEASURE:
        found |= units(read(turns))
    assert set(found) == set(told)
    for name, unit in found.items():
        assert unit in told[name].split("; "), name


LONG = "I am sorry that you had to wait, and I will write to you again when the blade is here. " * 4
EVERY_MEASURE = [
    [
        customer("I am worried. When will the blade come? " + LONG, start=0.0, end=5.0),
        agent("Hi, what do you cut? So you want a blade. " + LONG, start=5.0, end=9.0),
        customer("Oak.", start=9.0, end=10.0),
        agent("What for? How often? I'll send it by Friday.", start=9.8, end=12.0),
    ],
    [
        customer("Hello.", channel="voice", start=0.0, end=2.0),
        agent("Hello.", channel="voice", start=1.0, end=2.0),
    ],
    [
        agent("Hello.", channel="chat", start=0.0, end=2.0),
        customer("Hi.", channel="chat", start=1.0, end=3.0),
    ],
    [customer("Bonjour.", lang="fr"), agent("Good day.", at=THURSDAY)],
    [customer("Where is it?"), agent("You could restart it.")],
]
