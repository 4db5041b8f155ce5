"""The coach beside the composer: useful first, and silent when all is well."""

from __future__ import annotations

import pytest

from heard.listening import Turn, check
from heard.listening.tests.said import THURSDAY, agent, customer

ASKED = customer(
    "Hello, when will the replacement blade ship? I am really frustrated, it snapped again.",
    name="Ines Duarte",
)
GOOD = (
    "Hi Ines, I can see why this is frustrating. The replacement blade ships tomorrow morning, "
    "and I'll call you on Friday to hear how it runs."
)


def advised(draft: str, *turns: Turn) -> list[str]:
    return [a.kind for a in check(draft, turns or [ASKED], at=THURSDAY)]


def test_silence_when_all_is_well() -> None:
    assert advised(GOOD) == []


@pytest.mark.parametrize("draft", ["", "   ", "Hi Ines,", "Hi Ines, thank you for"])
def test_silence_while_a_draft_begins(draft: str) -> None:
    assert advised(draft) == []


def test_an_open_ask_comes_with_the_customers_words() -> None:
    draft = "Hi Ines, I can see why this is frustrating and I'm sorry about the trouble."
    first = check(draft, [ASKED])[0]
    assert first.kind == "ask.open"
    assert "when will the replacement blade ship" in first.why


def test_a_promise_with_a_time_covers_an_open_ask() -> None:
    draft = "I can see why this is frustrating. I'll find out when it ships and call you by Friday."
    assert advised(draft) == []
    assert check(draft, [ASKED]) == []


TWO = customer("Can you send one by Friday? And what does the longer warranty cost?")


@pytest.mark.parametrize(
    "draft",
    [
        "I will send you a charger today by express, you should have checked the box though.",
        "You didn't read it, you should have asked, and I will send you a charger today.",
        "I will send you a charger by email label tomorrow, and thank you for writing to us.",
    ],
)
def test_a_promise_for_one_ask_does_not_hide_the_other(draft: str) -> None:
    first = [a.why for a in check(draft, [TWO], at=THURSDAY)[:3]]
    assert any("what does the longer warranty cost" in why for why in first)
    assert not any("Can you send one" in why for why in first)


@pytest.mark.parametrize(
    "draft",
    [
        "I will send you a charger today by express, and the longer warranty costs 20 pounds.",
        "I will send you a charger today by express and call you tomorrow about the rest.",
        "I will send you a charger today by express. You will have an answer on the rest by noon.",
        "I will send you a charger today, and the price of the warranty stands on our price list.",
        "The charger goes out to you now, and I'll get back to you about the rest by Friday.",
    ],
)
def test_no_reminder_of_what_is_covered(draft: str) -> None:
    assert "ask.open" not in advised(draft, TWO)


def test_a_dated_promise_answers_a_when_without_its_words() -> None:
    asked = customer("When will it ship, and can I change the address?")
    draft = "It will be with you on Friday, and I have changed the address to Elm Street."
    assert "ask.open" not in advised(draft, asked)


def test_a_dated_promise_that_answers_something_else_leaves_the_when_open() -> None:
    turns = [customer("Could you send me the invoice? And when does the replacement arrive?")]
    left = [a.says for a in check("Hi Ines, I'll send the corrected invoice today. Tom", turns)]
    assert left == ["Not answered yet: «And when does the replacement arrive?»"]


def test_a_dated_deed_may_answer_a_lone_question_without_its_words() -> None:
    asked = customer("The blade snapped after two days. Is that covered by the warranty?")
    draft = "I'm sorry about that. I'll send you a new blade tomorrow, free of charge."
    assert advised(draft, asked) == []


def test_a_feeling_passed_over() -> None:
    assert advised("The replacement blade ships tomorrow morning, I checked it today.") == [
        "feeling"
    ]


def test_a_promise_without_a_time() -> None:
    draft = (
        "I'm sorry about that. The blade ships tomorrow, and I will call you about the other one."
    )
    found = check(draft, [ASKED])
    assert [a.kind for a in found] == ["next-step"]
    assert draft[found[0].start : found[0].end].startswith("I will call you")


def test_something_wrong_and_no_next_step() -> None:
    wrong = customer("The saw you sent me is broken.")
    assert advised("Thank you for telling us about the saw that you received.", wrong) == [
        "next-step"
    ]


@pytest.mark.parametrize(
    ("draft", "kind", "words"),
    [
        ("You should have called us.", "blame", "You should have called"),
        ("We will never be late.", "absolute", "will never"),
        ("We utilise steel.", "jargon", "utilise"),
        ("Hi Anna, thank you.", "name.wrong", "Anna"),
    ],
)
def test_wording_is_shown_at_its_place(draft: str, kind: str, words: str) -> None:
    found = [a for a in check(draft, [customer("Hello.", name="Ines Duarte")]) if a.kind == kind]
    assert [draft[a.start : a.end] for a in found] == [words]


@pytest.mark.parametrize(
    "greeting",
    [
        "Hi Ines,",
        "Hi Inês,",
        "Dear Ms Duarte,",
        "Hi there,",
        "Hello again,",
        "Dear team,",
        "Hello,",
    ],
)
def test_right_and_general_greetings(greeting: str) -> None:
    asked = customer("Hello.", name="Ines Duarte")
    assert "name.wrong" not in advised(f"{greeting}\nthank you.", asked)


def test_a_name_the_customer_signs_with_is_right() -> None:
    asked = customer("Hello.\nBest, Nessie", name="Ines Duarte")
    assert "name.wrong" not in advised("Hi Nessie, thank you.", asked)


def test_three_closed_questions_in_a_row() -> None:
    asked = customer("The saw hums.")
    three = "Is it new? Was it dropped? Do you have a photo?"
    assert advised(three, asked) == ["questions.closed"]
    broken_up = "Is it new? What do you hear? Was it dropped? Do you have a photo?"
    assert advised(broken_up, asked) == []


def test_the_most_useful_comes_first() -> None:
    draft = "Hi Anna, we utilise steel and you should have told us about the blade."
    assert advised(draft)[:3] == ["name.wrong", "blame", "ask.open"]


def test_old_asks_do_not_nag_for_ever() -> None:
    turns = [
        customer("Do you sell left-handed chisels?"),
        agent("Thank you for your message."),
        customer("The saw arrived."),
        agent("Good."),
        customer("It cuts well."),
        agent("Good."),
    ]
    assert advised("I am glad that it cuts well, thank you for writing to us.", *turns) == []


def test_every_advice_has_words_and_a_source() -> None:
    draft = "Hi Anna, you should have read it. We utilise it and will never fail to do so, never."
    for advice in check(draft, [ASKED]):
        assert advice.why and advice.says and advice.source
        assert 0 <= advice.start <= advice.end <= len(draft)
