"""What became of each thing a customer asked, and whether a feeling was taken up."""

from __future__ import annotations

import pytest

from heard.listening import read
from heard.listening.tests.said import agent, customer, states

ANSWERED = [
    ("When will the blade ship?", "The blade ships tomorrow."),
    ("When will it arrive?", "It should be with you on Friday."),
    ("How do I reset the controller?", "Hold the red button for ten seconds."),
    ("Is the 12-inch blade in stock?", "Yes, it is."),
    ("Is the 12-inch blade in stock?", "The 12-inch blade is back in stock."),
    ("Could you send me the invoice?", "I have attached it."),
    ("Could you send me the invoice?", "Of course, I'll send it today."),
    ("Please change my address.", "Done, your address is changed."),
    ("How much is the postage?", "It is £4.50 to Leeds."),
    ("Why was I charged twice?", "That was because the card was read twice."),
    ("Can I return it, and do you refund the postage?", "Yes to both."),
    ("What went wrong with the order?", "The warehouse packed the label of another parcel."),
    ("Is it from you? And is it safe?", "It is not from us. It is safe."),
    ("1. Which play is allowed?\n2. Do you have it?", "1. 0.05 mm.\n2. Two on the shelf."),
    ("Please cancel the plan.", "The plan is cancelled as of today."),
    ("When will the blade ship?", "Thanks for waiting, it left our warehouse yesterday."),
    ("Is there a fee?", "There is no fee."),
    ("Will I lose my number?", "You won't lose your number."),
]
STILL_OPEN = [
    ("When will the blade ship?", "Thank you for contacting us."),
    ("When will the blade ship?", "I will find out when the blade ships."),
    ("When will the blade ship?", "Which blade did you order?"),
    ("When will the blade ship?", "I'm sorry about the blade."),
    ("How much is the postage?", "The postage depends on the parcel."),
    ("Could you send me the invoice?", "The invoice is important."),
    ("What went wrong with the order?", "Sorry for the inconvenience."),
    ("Is the blade in stock?", "You asked whether the blade is in stock."),
    ("Is the blade in stock?", "Thanks for asking about the blade."),
]


@pytest.mark.parametrize(("asked", "reply"), ANSWERED)
def test_answered(asked: str, reply: str) -> None:
    reading = read([customer(asked), agent(reply)])
    assert {ask.state for ask in reading.asks} == {"answered"}
    assert [link.target.turn for link in reading.links if link.kind == "answer"] == [1] * len(
        reading.asks
    )


@pytest.mark.parametrize(("asked", "reply"), STILL_OPEN)
def test_still_open(asked: str, reply: str) -> None:
    assert [s for _, s in states(read([customer(asked), agent(reply)]))] == ["open"]


@pytest.mark.parametrize(
    ("asked", "reply", "coverage"),
    [
        ("When will the blade ship?", "The blade ships tomorrow.", "full"),
        ("Could you send me the invoice?", "I have attached it.", "full"),
        ("Could you send me the invoice?", "I'll send it today.", "part"),
        ("Is the 12-inch blade in stock?", "Yes, it is.", "full"),
        ("When will the blade come?", "It will be with you on Thursday.", "full"),
        ("When will the blade ship?", "I will find out when the blade ships.", "none"),
        ("Is the blade in stock?", "Let me check that with the warehouse.", "none"),
    ],
)
def test_how_much_of_an_ask_is_answered(asked: str, reply: str, coverage: str) -> None:
    reading = read([customer(asked), agent(reply)])
    assert [ask.coverage for ask in reading.asks] == [coverage]
    (link,) = (one for one in reading.links if one.kind == "answer")
    assert (link.coverage, link.target.turn) == (coverage, 1)
    assert [ask.state for ask in reading.asks] == ["open" if coverage == "none" else "answered"]


def test_two_replies_answer_together_what_the_first_began() -> None:
    reading = read(
        [
            customer("Could you send me the invoice?"),
            agent("I'll send it today."),
            agent("I have sent the invoice."),
        ]
    )
    assert [ask.coverage for ask in reading.asks] == ["full"]


def test_what_leaves_the_ask_aside_has_no_coverage() -> None:
    reading = read([customer("When will the blade ship?"), agent("Thank you for contacting us.")])
    assert [ask.coverage for ask in reading.asks] == [""]
    assert not [one for one in reading.links if one.kind == "answer"]


def test_the_second_question_is_missed() -> None:
    reading = read(
        [
            customer("When will the blade ship? And do you offer training for beginners?"),
            agent("The blade ships tomorrow morning."),
        ]
    )
    assert [state for _, state in states(reading)] == ["answered", "open"]


def test_an_ask_made_again_is_repeated_and_the_new_one_is_live() -> None:
    reading = read(
        [
            customer("Could you send me the invoice for order 17?"),
            agent("Thank you for your message."),
            customer("I asked last week. Could you send the invoice please?"),
            agent("I have attached the invoice."),
        ]
    )
    assert [state for _, state in states(reading)] == ["repeated", "answered"]
    repeat = next(link for link in reading.links if link.kind == "repeat")
    assert (repeat.source.turn, repeat.target.turn) == (2, 0)


def test_the_customer_may_settle_it() -> None:
    reading = read([customer("Where is the fuse?"), customer("Never mind, I found it.")])
    ask = reading.asks[0]
    assert ask.state == "answered"
    assert ask.answered_by is not None
    assert ask.answered_by.turn == 1


def test_a_feeling_is_tied_to_the_words_that_take_it_up() -> None:
    turns = [customer("I am really frustrated."), agent("That must be frustrating.")]
    link = read(turns).links[0]
    assert link.kind == "acknowledgement"
    assert turns[1].text[link.target.start : link.target.end] == "That must be frustrating"


def test_a_feeling_that_is_passed_over_has_no_link() -> None:
    reading = read([customer("I am really frustrated."), agent("Your parcel is in Leeds.")])
    assert not reading.links
    assert [m.value for m in reading.measures if m.name == "feelings_acknowledged"] == [0.0]
