"""What is heard in a colleague's words, and the false friends that must not be."""

from __future__ import annotations

import pytest

from heard.listening.tests.said import agent, customer, heard, kinds, words

SNAPPED = customer("The bandsaw blade snapped after two days of cutting oak boards.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What were you hoping it would do?", "question.open"),
        ("How did the delivery go?", "question.open"),
        ("And why did you choose the larger one?", "question.open"),
        ("Could you tell me more about the noise?", "question.open"),
        ("Tell me what happened when you switched it on.", "question.open"),
        ("Please describe the noise.", "question.open"),
        ("Thanks for the photo. Can you walk me through the set-up?", "question.open"),
        ("Do you have the order number?", "question.closed"),
        ("What is your order number?", "question.closed"),
        ("How many blades did you order?", "question.closed"),
        ("Which model is it?", "question.closed"),
        ("Is it the blue one?", "question.closed"),
        ("What about Tuesday?", "question.closed"),
        ("Still broken?", "question.closed"),
        ("Is there anything else I can help with?", "question.closed"),
        ("Does that make sense?", "question.closed"),
        ("What's her name?", "question.closed"),
        ("Have you tried another socket?", "question.closed"),
    ],
)
def test_open_and_closed_questions(text: str, kind: str) -> None:
    found = kinds(agent(text))
    assert kind in found
    assert not ({"question.open", "question.closed"} - {kind}) & found


@pytest.mark.parametrize(
    "text",
    [
        "How are you?",
        "See https://larkfield.example/help?topic=blades for more.",
        "What a lovely photo.",
        "I asked what happened.",
        "Please send me the order number.",
        "> How did the delivery go?",
    ],
)
def test_no_question(text: str) -> None:
    assert not {"question.open", "question.closed"} & kinds(agent(text))


def test_a_question_about_what_was_said_clarifies() -> None:
    assert "question.clarifying" in kinds(agent("Which way did the blade snap?"), SNAPPED)
    assert "question.clarifying" not in kinds(agent("Which colour is the box?"), SNAPPED)


@pytest.mark.parametrize(
    "text",
    [
        "So the blade snapped while you were cutting oak.",
        "You said the bandsaw blade snapped after two days.",
        "It sounds like the blade did not survive the oak.",
        "If I understand you, the blade broke on oak boards.",
        "I'm sorry to hear that the blade snapped.",
        "Your bandsaw blade snapped while cutting oak boards.",
    ],
)
def test_saying_back_is_reflection(text: str) -> None:
    assert "reflection" in kinds(agent(text), SNAPPED)


@pytest.mark.parametrize(
    "text",
    [
        "We sell bandsaw blades for oak boards.",
        "Your order is on its way.",
        "I will send a blade.",
        "What were you cutting?",
        "So you can relax.",
        "If the blade snapped on oak boards you are covered.",
        "You get a bandsaw blade for 12 pounds.",
        "We ship within two days so the blade is on its way.",
    ],
)
def test_no_reflection(text: str) -> None:
    assert "reflection" not in kinds(agent(text), SNAPPED)


def test_a_check_replaces_question_and_reflection() -> None:
    found = kinds(agent("So the blade snapped after two days, is that right?"), SNAPPED)
    assert {k for k in found if k.startswith(("question", "reflection"))} == set()


def test_asking_what_was_meant_replaces_the_closed_question() -> None:
    found = kinds(agent("When you say snapped, is it in two?"), SNAPPED)
    assert "question.clarifying" in found
    assert "question.closed" not in found


def test_nothing_can_be_said_back_before_anything_was_said() -> None:
    assert "reflection" not in kinds(agent("You said the blade snapped."))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("That must be frustrating.", "empathy"),
        ("I can see why you are upset about this.", "empathy"),
        ("I'm so sorry to hear that.", "empathy"),
        ("I completely understand your frustration.", "empathy"),
        ("You have every right to be cross.", "empathy"),
        ("I can hear that this has been stressful.", "empathy"),
        ("I'm sorry for the delay.", "apology"),
        ("I’m very sorry about the wrong part.", "apology"),
        ("Please accept our apologies.", "apology"),
        ("Sorry we missed your call.", "apology"),
        ("That was our mistake.", "apology"),
        ("Thank you for the photo.", "thanks"),
        ("Thanks for your patience.", "thanks"),
        ("Just bear with me.", "hold"),
        ("Let me check that for you.", "hold"),
        ("One moment please.", "hold"),
        ("You won't lose your place.", "reassurance"),
        ("There's no rush.", "reassurance"),
        ("Oh no, what a nightmare.", "empathy"),
        ("That's a horrible thing to find on a Monday.", "empathy"),
        ("I'd be furious too.", "empathy"),
        ("Of course you're worried.", "empathy"),
        ("You rang us in March about the fence.", "recall"),
        ("Customers are advised to read the terms.", "blame"),
        ("They never ever break.", "absolute"),
        ("Is that everything?", "understanding-check"),
        ("So the guide came, but without its screws, yes?", "understanding-check"),
        ("Please do not hesitate to write.", "reassurance"),
        ("You're very welcome.", "courtesy"),
        ("No problem at all.", "courtesy"),
        ("Dear Mrs Kaya,", "courtesy"),
        ("Morning Joan, it has come in.", "courtesy"),
        ("Regards,\nTom", "courtesy"),
        ("That is done, see you on Monday.", "courtesy"),
        ("Good luck with the exam!", "courtesy"),
        ("Sorry, I wrote too fast.", "apology"),
        ("I was not clear, sorry.", "apology"),
        ("The mix-up is on us.", "apology"),
        ("We shouldn't have sent it by post.", "apology"),
        ("Two ticks.", "hold"),
        ("Give me five minutes, I have to fetch the key.", "hold"),
        ("Hang on, it is loading.", "hold"),
        ("Have I got that right?", "understanding-check"),
        ("Just to make sure I understand, you need two?", "understanding-check"),
        ("As you mentioned, it is the older model.", "recall"),
        ("When we spoke on Monday, it still ran.", "recall"),
        ("I recommend the carbide blade.", "advice"),
        ("The next step is a test in our workshop.", "next-step"),
        ("You'll get a letter with the date.", "next-step"),
        ("The form will then be sent to the bank.", "next-step"),
        ("It takes three to five working days.", "next-step"),
        ("They'll ring you from the depot.", "next-step"),
        ("You should have called us first.", "blame"),
        ("You didn't read the instructions.", "blame"),
        ("As I already told you, it is out of stock.", "blame"),
        ("Please calm down.", "blame"),
        ("I'm sorry you feel that way.", "blame"),
        ("Please stop writing to us, you moron.", "blame"),
        ("You're lying.", "blame"),
        ("Such an utter idiot.", "blame"),
        ("Shut up.", "blame"),
        ("This will never happen.", "absolute"),
        ("There is nothing we can do.", "absolute"),
        ("We guarantee delivery.", "absolute"),
        ("You always have to read the terms.", "absolute"),
        ("*Always* check the box.", "absolute"),
        ("Please *always* check the box.", "absolute"),
        ("You should always read the label.", "absolute"),
        ("Note that you always have to read the terms.", "absolute"),
        ("We always deliver on time.", "absolute"),
        ("That never happens.", "absolute"),
        ("We will raise a ticket.", "jargon"),
        ("Going forward, prices include postage.", "jargon"),
    ],
)
def test_set_phrases(text: str, kind: str) -> None:
    assert kind in kinds(agent(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I'm so sorry to hear that the band broke.", "I'm so sorry to hear that the band broke"),
        ("Oh dear, with a baby that must be hard; I'll look.", "with a baby that must be hard"),
        ("That is awful (and our fault).", "That is awful"),
    ],
)
def test_sympathy_is_its_whole_clause(text: str, said: str) -> None:
    assert said in words("empathy", agent(text), customer("The band broke."))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I understand that you want a refund.", "empathy"),
        ("Nice to hear from you.", "empathy"),
        ("That must be a mistake.", "empathy"),
        ("I'm sorry to hear that.", "apology"),
        ("I'm sorry you feel that way.", "apology"),
        ("I'm sorry you feel that way.", "empathy"),
        ("There is no need to apologise.", "apology"),
        ("Better safe than sorry.", "apology"),
        ("Sorry, what was the number?", "apology"),
        ("We should have it by Friday.", "apology"),
        ("Please send the blade back.", "courtesy"),
        ("The best fence is the short one.", "courtesy"),
        ("Oh dear.", "courtesy"),
        ("It runs better in the morning than at night.", "courtesy"),
        ("It takes two minutes to warm up.", "hold"),
        ("I've asked the workshop.", "next-step"),
        ("I can see it on the screen.", "next-step"),
        ("I'll see that they'll ring you.", "next-step"),
        ("No thanks needed.", "thanks"),
        ("Thanks to the storm, vans are late.", "thanks"),
        ("Please hold the lever down.", "hold"),
        ("Hold on to the receipt.", "hold"),
        ("Let me know how it goes.", "hold"),
        ("The problem is not a problem of yours.", "blame"),
        ("You should have received an email from us.", "blame"),
        ("You should have been told earlier.", "blame"),
        ("It is not your fault.", "blame"),
        ("You did not do anything wrong.", "blame"),
        ("Thank you, you spotted our mistake.", "blame"),
        ("Relax the spring before you lift the cover.", "blame"),
        ("Shut the lid first.", "blame"),
        ("It's mad that you had to wait so long.", "blame"),
        ("Never mind the label.", "absolute"),
        ("I'm always happy to help.", "absolute"),
        ("We cannot guarantee Monday.", "absolute"),
        ("It is still under guarantee.", "absolute"),
        ("I have never seen this before.", "absolute"),
        ("As always, thank you for writing.", "absolute"),
        ("You are always welcome.", "absolute"),
        ("We are always happy to help.", "absolute"),
        ("You can always reach us by phone.", "absolute"),
        ("That should never happen.", "absolute"),
        ("We do what we can so that never happens again.", "absolute"),
        ("Parcels don't always arrive on Saturdays.", "absolute"),
        ("I'm sorry you always have to restart it.", "absolute"),
        ("Has it always worked, or do you always have to restart it?", "absolute"),
        ("Always check the tension before you start the saw.", "absolute"),
        ("Mail never-again@larkfield.example or see www.never.example/will-never.", "absolute"),
        ("Please contact the courier with the consignment number.", "jargon"),
    ],
)
def test_false_friends(text: str, kind: str) -> None:
    assert kind not in kinds(agent(text))


@pytest.mark.parametrize(
    "text",
    [
        "Press the green button twice.",
        "Then unplug it and wait a minute.",
        "If the belt squeaks, loosen the screw by half a turn.",
        "It is quite simple: open the lid, and take the filter out.",
        "Please don't use the saw before then.",
        "You could use the smaller fence instead.",
        "You'll need to clean the roller first.",
        "I'd keep the receipt.",
        "Your best option is the carbide blade.",
    ],
)
def test_being_told_what_to_do_is_advice(text: str) -> None:
    assert "advice" in kinds(agent(text))


@pytest.mark.parametrize(
    "text",
    [
        "Order 4071 is packed.",
        "Post is slow this week.",
        "I'll ask the workshop, and call you then.",
        "We press the blades by hand.",
        "Send me a photo.",
        "Have you tried another socket?",
        "It says what you can open and what you should keep.",
        "Take care, and sleep well.",
        "Take your time.",
        "Wait a moment, please.",
    ],
)
def test_no_advice(text: str) -> None:
    assert "advice" not in kinds(agent(text))


def test_jargon_that_the_customer_uses_is_none() -> None:
    assert "jargon" in kinds(agent("The RMA number is 7."))
    assert "jargon" not in kinds(agent("The RMA number is 7."), customer("Where is my RMA number?"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your MPRN has changed.", ["MPRN"]),
        ("Send the PDF to the NHS.", []),
        ("That is NOT RIGHT.", []),
        ("We will NEVER sell it.", []),
        ("Order XKC-204 is here.", []),
    ],
)
def test_initials_that_few_know_are_jargon(text: str, found: list[str]) -> None:
    assert words("jargon", agent(text)) == found


def test_the_reason_names_plainer_words() -> None:
    assert words("jargon", agent("We utilise steel.")) == ["utilise"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hi Ines, thank you.", ["Ines"]),
        ("Dear Ms Duarte,\nthank you.", ["Duarte"]),
        ("Thank you, Inês.", ["Inês"]),
        ("The lines are busy.", []),
        ("ines is in lower case.", []),
    ],
)
def test_names_used(text: str, found: list[str]) -> None:
    assert words("name", agent(text), customer("Hello.", name="Ines Duarte")) == found


def test_a_name_that_is_a_word_needs_a_greeting() -> None:
    will = customer("Hello.", name="Will May")
    assert words("name", agent("Hi Will, May I ask? Will it fit?"), will) == ["Will"]


def test_a_long_sentence_is_unclear_and_a_list_is_not() -> None:
    long = (
        "We have looked at the saw and it turned out that the blade that you have is one of those "
        * 2
    )
    assert "unclear" in kinds(agent(long + "."))
    listed = "We sell " + ", ".join(["saws", "blades", "guides", "fences"] * 9) + "."
    assert "unclear" not in kinds(agent(listed))


def test_nothing_is_said_about_a_colleagues_feelings() -> None:
    text = "I am furious, I am so worried and really frustrated, I need a refund."
    assert not any(k.startswith("emotion") for k, _ in heard(agent(text)))
