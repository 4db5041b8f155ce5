"""Promises: who does what by when, in the zone in which it was meant."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from heard.listening import read
from heard.listening.tests.said import THURSDAY, agent, customer, kinds


def due_of(text: str, zone: str = "UTC", at: datetime | None = THURSDAY) -> str | None:
    found = read([agent(text, zone=zone, at=at)]).commitments
    assert len(found) == 1, found
    return found[0].due.strftime("%a %d %b %H:%M") if found[0].due else None


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by Friday", "Fri 20 Nov 23:59"),
        ("by Thursday", "Thu 19 Nov 23:59"),
        ("on Thursday", "Thu 26 Nov 23:59"),
        ("on Monday", "Mon 23 Nov 23:59"),
        ("next Monday", "Mon 23 Nov 23:59"),
        ("by Friday noon", "Fri 20 Nov 12:00"),
        ("on Friday afternoon", "Fri 20 Nov 18:00"),
        ("within two working days", "Mon 23 Nov 23:59"),
        ("within 3-5 business days", "Thu 26 Nov 23:59"),
        ("within one or two days", "Sat 21 Nov 23:59"),
        ("within 24 hours", "Fri 20 Nov 10:30"),
        ("in half an hour", "Thu 19 Nov 11:00"),
        ("within the hour", "Thu 19 Nov 11:30"),
        ("in a couple of days", "Sat 21 Nov 23:59"),
        ("within a week", "Thu 26 Nov 23:59"),
        ("in two weeks' time", "Thu 03 Dec 23:59"),
        ("today", "Thu 19 Nov 23:59"),
        ("tomorrow", "Fri 20 Nov 23:59"),
        ("tomorrow morning", "Fri 20 Nov 12:00"),
        ("first thing in the morning", "Thu 19 Nov 12:00"),
        ("this afternoon", "Thu 19 Nov 18:00"),
        ("by 5 pm", "Thu 19 Nov 17:00"),
        ("by 9am", "Fri 20 Nov 09:00"),
        ("at 14:30 tomorrow", "Fri 20 Nov 14:30"),
        ("by 3.15 p.m.", "Thu 19 Nov 15:15"),
        ("by the end of the week", "Fri 20 Nov 23:59"),
        ("by the end of the day", "Thu 19 Nov 18:00"),
        ("by close of business tomorrow", "Fri 20 Nov 18:00"),
        ("by end of month", "Mon 30 Nov 23:59"),
        ("by the end of next month", "Thu 31 Dec 23:59"),
        ("this week", "Fri 20 Nov 23:59"),
        ("next week", "Fri 27 Nov 23:59"),
        ("over the weekend", "Sun 22 Nov 23:59"),
        ("the day after tomorrow", "Sat 21 Nov 23:59"),
        ("by 3 December", "Thu 03 Dec 23:59"),
        ("on the 3rd of December", "Thu 03 Dec 23:59"),
        ("by March 5th", "Fri 05 Mar 23:59"),
        ("by 2026-12-24", "Thu 24 Dec 23:59"),
        ("by the 15th", "Tue 15 Dec 23:59"),
        ("at eleven, when I know more", "Thu 19 Nov 11:00"),
        ("by half past five", "Thu 19 Nov 17:30"),
        ("tomorrow at half past eight", "Fri 20 Nov 08:30"),
        ("at quarter to three today", "Thu 19 Nov 14:45"),
        ("about two parcels", None),
        ("soon", None),
        ("as soon as possible", None),
        ("in a few days", None),
        ("by 31 June", None),
    ],
)
def test_due(words: str, due: str | None) -> None:
    assert due_of(f"I will call you {words}.") == due


def test_a_day_means_the_day_of_the_office() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    assert due_of("I'll call you tomorrow.", "Pacific/Auckland", late) == "Sat 21 Nov 23:59"
    assert due_of("I'll call you tomorrow.", "Not/A_Zone", late) == "Fri 20 Nov 23:59"


def test_due_is_aware_and_needs_a_time_of_saying() -> None:
    promise = read([agent("I'll call you by Friday.", zone="Europe/Berlin")]).commitments[0]
    assert promise.due is not None
    assert promise.due.tzinfo == ZoneInfo("Europe/Berlin")
    assert due_of("I'll call you by Friday.", at=None) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("I'll refund you tomorrow.", "tomorrow"),
        ("By Friday noon I will send it.", "By Friday noon"),
        ("You will have it within two working days.", "within two working days"),
        ("I'll call you soon.", ""),
    ],
)
def test_a_time_in_words_is_named_even_without_a_time_of_saying(text: str, when: str) -> None:
    found = read([agent(text, at=None)]).commitments
    assert [(c.when, c.due) for c in found] == [(when, None)]


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("I'll send the part tomorrow.", "Tom", "send the part"),
        ("We will refund the postage within two days.", "we", "refund the postage"),
        ("I’m going to ask the warehouse.", "Tom", "ask the warehouse"),
        ("By Friday I will send the invoice.", "Tom", "send the invoice"),
        ("Our engineer will call you on Monday.", "Our engineer", "call you on Monday"),
        ("Priya will call you tomorrow.", "Priya", "call you tomorrow"),
        ("You will receive the refund by Friday.", "we", "You will receive the refund"),
        ("Your parcel will be sent tomorrow.", "we", "Your parcel will be sent"),
        ("I'm sending the part this afternoon.", "Tom", "sending the part"),
        ("You'll hear from me tomorrow.", "Tom", "you'll hear from me tomorrow"),
        ("Let me check and get back to you today.", "Tom", "check and get back to you"),
        ("I'll see if it is in stock.", "Tom", "see if it is in stock"),
        ("I will send tomorrow.", "Tom", "send tomorrow"),
        ("I'll refund you tomorrow.", "Tom", "refund you tomorrow"),
        ("We'll send it out tomorrow morning.", "we", "send it out tomorrow morning"),
        ("Tomorrow I will send it.", "Tom", "tomorrow I will send it"),
        ("I will look into it.", "Tom", "look into it"),
        (
            "You will have it within two working days.",
            "we",
            "you will have it within two working days",
        ),
        ("It will be sent by Friday.", "we", "it will be sent by Friday"),
        ("They tell me it will be done tomorrow.", "we", "it will be done tomorrow"),
        ("You will have the part by Friday.", "we", "you will have the part"),
        ("I will be in touch tomorrow.", "Tom", "be in touch tomorrow"),
        ("I'll have the part on your doorstep by Friday.", "Tom", "have the part on your doorstep"),
        ("I'm gonna ring the depot.", "Tom", "ring the depot"),
        ("I'm putting a new one in the post.", "Tom", "putting a new one in the post"),
        ("I've asked the workshop and will call you.", "Tom", "call you"),
        ("Will ask the workshop.", "we", "ask the workshop"),
        ("It'll be with you by Friday.", "we", "it'll be with you by Friday"),
    ],
)
def test_who_and_what(text: str, who: str, what: str) -> None:
    found = read([agent(text, name="Tom")]).commitments
    assert [(c.who, c.what.lower()) for c in found] == [(who, what.lower())]


def test_two_promises_in_one_sentence() -> None:
    found = read([agent("I'll refund the blade today and we will call you on Monday.")]).commitments
    assert [c.text for c in found] == ["I'll refund the blade today", "we will call you on Monday"]


@pytest.mark.parametrize(
    "text",
    [
        "I'll be honest with you.",
        "We'll see.",
        "I will need your order number.",
        "We will not be able to refund this.",
        "I won't call you.",
        "I would call you tomorrow.",
        "Shall I send it tomorrow?",
        "Will I send it tomorrow or on Monday?",
        "We will be closed on Monday.",
        "You will need a spanner.",
        "I'll admit that it took long.",
        "I will always remember that.",
        "I'll be happy to help.",
        "Delivery will take three days.",
        "I said that I called.",
        "It will rain on Friday.",
        "Your saw will be louder than before.",
        "I'm working on Monday.",
        "I'll have to think about it.",
        "I'll leave it with you.",
        "The shop and the café will see.",
        "She'll call you tomorrow.",
        "It will be in the shops.",
        "If you send the photo, we will replace it.",
        "Once you confirm the address, I will post it.",
        "> I will call you tomorrow.",
    ],
)
def test_no_promise_is_owed(text: str) -> None:
    assert read([agent(text)]).commitments == ()


def test_what_she_will_do_is_marked_and_not_yet_owed() -> None:
    assert "commitment" in kinds(agent("She'll call you tomorrow."))


@pytest.mark.parametrize(
    "text",
    [
        "I'll write to you by tomorrow noon, and if it can't be found I'll send the gouges again.",
        "I'll ring you tomorrow and when you are out I will leave a message.",
    ],
)
def test_what_hangs_is_the_promise_behind_the_if_and_not_the_one_before_it(text: str) -> None:
    (owed,) = read([agent(text)]).commitments
    assert owed.when
    assert "if" not in owed.text.split()


def test_a_customers_intention_is_no_promise_of_ours() -> None:
    assert read([customer("I will send you the photo tomorrow.")]).commitments == ()


def test_checking_whether_is_no_condition() -> None:
    assert read([agent("I'll check if it is in stock.")]).commitments


@pytest.mark.parametrize(
    "text", ["I will call you by 31 December.", "I will call you within 999 months."]
)
def test_the_end_of_time_is_survived(text: str) -> None:
    at = datetime(9999, 12, 30, tzinfo=UTC)
    assert read([agent(text, at=at)]).commitments
