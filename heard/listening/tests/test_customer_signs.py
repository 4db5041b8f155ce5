"""What is heard in a customer's words, and the false friends that must not be."""

from __future__ import annotations

import pytest

from heard.listening.tests.said import agent, customer, kinds, words


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("When will it arrive?", ["When will it arrive?"]),
        ("when will it arrive", ["when will it arrive"]),
        ("Can you help?", ["Can you help?"]),
        ("Please send me the invoice.", ["Please send me the invoice."]),
        ("I was wondering if the blade fits.", ["I was wondering if the blade fits."]),
        ("I'd like a refund.", ["I'd like a refund."]),
        ("Any update on my order?", ["Any update on my order?"]),
        ("Let me know what it costs.", ["Let me know what it costs."]),
        (
            "Could you send the invoice and when will the blade ship?",
            ["Could you send the invoice", "when will the blade ship?"],
        ),
        ("The blade broke, could you send another?", ["could you send another?"]),
        ("I would be grateful if you called me.", ["I would be grateful if you called me."]),
        ("A copy of the invoice please.", ["A copy of the invoice please."]),
        ("Yes please send me the invoice.", ["Yes please send me the invoice."]),
        ("Please do that by Friday.", ["Please do that by Friday."]),
        ("Could you please do that?", ["Could you please do that?"]),
        ("Why?", ["Why?"]),
        (
            "Two things:\n1. Is the saw in stock?\n2. Do you deliver to Leeds?",
            ["1. Is the saw in stock?", "2. Do you deliver to Leeds?"],
        ),
        (
            "Can you tell me whether the fence that I bought last spring from your shop in Leeds\n"
            "will fit the new saw?",
            [
                "Can you tell me whether the fence that I bought last spring from your shop in "
                "Leeds\nwill fit the new saw?"
            ],
        ),
    ],
)
def test_asks(text: str, asks: list[str]) -> None:
    assert words("ask", customer(text)) == asks


@pytest.mark.parametrize(
    "text",
    [
        "Can you believe it?",
        "Is this a joke?",
        "How hard can it be?",
        "Do you even read these letters?",
        "Please find attached the photo.",
        "Please note that we moved.",
        "Please ignore my last mail.",
        "When I opened the box, it was broken.",
        "What is worse, the box was open.",
        "I ordered 300 mm, and what is in the box is 250.",
        "I would like to ask three points.",
        "I'd like to thank Tom.",
        "I would like to complain.",
        "How are you?",
        "Thanks for sending the invoice.",
        "Really?",
        "Yes please.",
        "Yes please do that.",
        "Yes, please go ahead.",
        "Great, please do. Thanks!",
        "Yes please, that would be lovely.",
        "Yes please that would be lovely.",
        "I know where the shop is.",
        "> When will it arrive?",
    ],
)
def test_no_asks(text: str) -> None:
    assert words("ask", customer(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I am really frustrated.", "emotion.frustration"),
        ("I'm fed up with this.", "emotion.frustration"),
        ("This is absolutely unacceptable.", "emotion.anger"),
        ("I am furious.", "emotion.anger"),
        ("I am not happy with the saw.", "emotion.disappointment"),
        ("You have let me down.", "emotion.disappointment"),
        ("I'm worried about the deadline.", "emotion.worry"),
        ("I am concerned that it will fail.", "emotion.worry"),
        ("I don’t understand the invoice.", "emotion.confusion"),
        ("It makes no sense.", "emotion.confusion"),
        ("It is urgent.", "emotion.urgency"),
        ("What a relief.", "emotion.relief"),
        ("I am so grateful for your help.", "emotion.gratitude"),
        ("I'm delighted with the plane.", "emotion.joy"),
        ("The saw does not work.", "complaint"),
        ("You sent me the wrong part.", "complaint"),
        ("The parcel never arrived.", "complaint"),
        ("I have had no reply from you.", "complaint"),
        ("As I already said, it is broken.", "repeat"),
        ("I am still waiting.", "repeat"),
        ("This is the third time I'm asking.", "repeat"),
        ("I want to cancel my contract.", "leave-risk"),
        ("We will switch to another supplier.", "leave-risk"),
        ("I want my money back.", "leave-risk"),
        ("My solicitor will write to you.", "leave-risk"),
        ("I will leave a bad review.", "leave-risk"),
        ("I'm coming to your shop and I'll make you regret it.", "leave-risk"),
        ("This is my last warning.", "leave-risk"),
        ("Thanks for the quick answer.", "thanks"),
        ("We need a saw that cuts steel.", "need"),
        ("I would prefer a call in the morning.", "preference"),
        ("Please don't call me at work.", "preference"),
        ("im so fed up with ur shop", "emotion.frustration"),
        ("I've explained it three times.", "emotion.frustration"),
        ("Where the hell is my driver?", "emotion.anger"),
        ("Shame on you.", "emotion.anger"),
        ("I had hoped for more from a firm like yours.", "emotion.disappointment"),
        ("It's a real pity.", "emotion.disappointment"),
        ("We are terrified of the next storm.", "emotion.worry"),
        ("I couldn't sleep last week.", "emotion.worry"),
        ("I can't make head or tail of your letter.", "emotion.confusion"),
        ("dont get what this form is for", "emotion.confusion"),
        ("I feel so guilty about the dog.", "emotion.sadness"),
        ("Hurry, please.", "emotion.urgency"),
        ("Thank heavens, the keys are here.", "emotion.relief"),
        ("We can finally relax.", "emotion.relief"),
        ("You are such a treasure.", "emotion.gratitude"),
        ("You went above and beyond.", "emotion.gratitude"),
        ("Hooray, the lamp is on!", "emotion.joy"),
        ("Nobody ever called back.", "complaint"),
        ("We've had no hot water since Monday.", "complaint"),
        ("the wifi isnt working", "complaint"),
        ("You haven't answered my question.", "repeat"),
        ("I asked whether the lamp is in stock.", "repeat"),
        ("I'm taking you to court.", "leave-risk"),
        ("Then we go with another company: cancel the lot.", "leave-risk"),
        ("I have to have it by Friday, because we move.", "need"),
        ("It has to be in by noon.", "need"),
        ("By e-mail please, not by phone.", "preference"),
        ("I'd sooner speak to a person.", "preference"),
    ],
)
def test_heard(text: str, kind: str) -> None:
    assert kind in kinds(customer(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No problem, take your time.", "complaint"),
        ("There is no problem.", "emotion"),
        ("I can't wait for the new saw to arrive.", "emotion.frustration"),
        ("I am not worried.", "emotion"),
        ("It's not urgent.", "emotion"),
        ("I'm afraid the box is too small.", "emotion"),
        ("As far as I'm concerned we are done.", "emotion"),
        ("I would be happy to wait.", "emotion"),
        ("I'd be grateful for a reply.", "emotion"),
        ("Thanks for your patience.", "emotion"),
        ("The pressure relief valve sticks.", "emotion.relief"),
        ("I was never angry.", "emotion.worry"),
        ("Is the saw broken?", "complaint"),
        ("I will write if it doesn't work.", "complaint"),
        ("Nothing is broken.", "complaint"),
        ("The blade guard is not broken.", "complaint"),
        ("I do not want to cancel my contract.", "leave-risk"),
        ("Thank you for the refund.", "leave-risk"),
        ("You were kind, so I won't be leaving a bad review.", "leave-risk"),
        ("I'm coming round to your view.", "leave-risk"),
        ("The switch moves to another position.", "leave-risk"),
        ("No thanks.", "thanks"),
        ("Thanks for nothing.", "thanks"),
        ("I need to apologise.", "need"),
        ("I nearly gave up the class.", "complaint"),
        ("I do not want to knock at the wrong one.", "complaint"),
        ("We would rather ask than presume.", "preference"),
        ("I don't need a refund.", "need"),
        ("I must say that the lamp is nice.", "need"),
        ("Do I have to come by Friday?", "need"),
        ("Please don't worry about it.", "preference"),
        ("Please don't hesitate to ask.", "preference"),
        ("I'm afraid it is the wrong day.", "emotion"),
        ("You seem angry.", "emotion"),
        ("My brother is not a lawyer.", "leave-risk"),
        ("I asked my neighbour.", "repeat"),
        ("The well is deep and my mother is ill.", "emotion"),
    ],
)
def test_false_friends(text: str, kind: str) -> None:
    assert not any(found.startswith(kind) for found in kinds(customer(text)))


@pytest.mark.parametrize(
    ("first", "later", "again"),
    [
        ("I want my voucher and a receipt.", "And the voucher?", True),
        ("I want my voucher and a receipt.", "And the garden?", False),
        ("I want my voucher and a receipt.", "Deposit?", False),
        ("I want my voucher and a receipt.", "And what will become of the voucher now?", False),
    ],
)
def test_a_short_question_comes_back_to_what_was_left(first: str, later: str, again: bool) -> None:
    before = (customer(first), agent("Here is the receipt."))
    assert ("repeat" in kinds(customer(later), *before)) is again


def test_a_little_weighs_less_than_very() -> None:
    from heard.listening import read

    scores = [
        read([customer(text)]).signs[0][0].score
        for text in ("I am a bit worried.", "I am worried.", "I am very worried.")
    ]
    assert scores == sorted(set(scores))


def test_other_languages_are_left_out_and_counted() -> None:
    from heard.listening import read

    french = customer(
        "Bonjour, la livraison n'est toujours pas arrivée et je suis très déçue de votre service. "
        "Quand est-ce que je vais la recevoir ?"
    )
    reading = read([french, customer("When?", lang="fr")])
    assert reading.signs == ((), ())
    assert [m.value for m in reading.measures if m.name == "turns_not_read"] == [2.0]


@pytest.mark.parametrize(
    "text", ["我的包裹在哪里?", "أين طلبي؟", "Где мой заказ?", "איפה החבילה שלי?"]
)
def test_a_few_words_in_another_script_are_left_out_and_said_so(text: str) -> None:
    from heard.listening import read

    reading = read([customer("Where is my parcel?"), customer(text)])
    assert reading.signs[1] == ()
    assert [m.value for m in reading.measures if m.name == "turns_not_read"] == [1.0]
