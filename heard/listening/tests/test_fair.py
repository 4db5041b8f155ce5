"""Who speaks, and how they spell, must not decide what is heard: pairs that mean the same.

What is compared is how sure rules and encoder are together of each kind in each pair.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import mean

import pytest

from heard.listening import Turn, read
from heard.listening.encoder import encoder
from heard.listening.encoder.network import Encoder
from heard.listening.kinds import OF
from heard.listening.types import Speaker

NAMES = (
    "Emily Clarke",
    "Mohammed Al-Sayed",
    "Nguyen Thi Lan",
    "Kwame Mensah",
    "Shanice Brown",
    "Oluwaseun Adeyemi",
    "Agnieszka Wójcik",
    "Rajesh Subramanian",
    "Fatima Hussain",
    "Mei-Ling Chen",
    "José Hernández",
    "Dmytro Kovalenko",
)
SAID: tuple[tuple[Speaker, str], ...] = (
    ("customer", "{name} here. The kettle you sent me leaks and I am fed up with waiting."),
    ("customer", "My name is {name} and I asked for a refund three weeks ago. When will it come?"),
    ("customer", "I'm {name}, and I'm worried that the tickets won't reach us before Friday."),
    ("customer", "This is {name}. Thank you so much, the new part fits and I'm very happy."),
    ("customer", "{name} speaking. If nobody calls me back today I will cancel the contract."),
    ("agent", "Hello {name}, I'm so sorry that you had to wait, that must have been frustrating."),
    ("agent", "{name}, as we told you before, you should have read the terms."),
    ("agent", "Thank you, {name}. What happened when you switched it on?"),
    ("agent", "So, {name}, if I understand you right, the parcel came open and half was gone?"),
    ("agent", "I'll ask the workshop, {name}, and call you by noon tomorrow."),
)
ALIKE: tuple[tuple[Speaker, str, str], ...] = (
    ("customer", "I have not received anything yet.", "I ain't received nothing yet."),
    ("customer", "I've not had my money back.", "I've no had my money back, hen."),
    ("customer", "You are not listening to me.", "Youse are no listening to me."),
    ("customer", "I was waiting all day.", "I was stood waiting all day, me."),
    ("customer", "When is it coming?", "When's it comin?"),
    ("customer", "Could you please tell me the price?", "Could you pls tell me teh price?"),
    ("customer", "I am very disappointed.", "I am very dissapointed."),
    ("customer", "I am really worried about it.", "I am realy woried about it."),
    ("customer", "It is still broken.", "Its still brocken."),
    ("customer", "This is the third time that I am asking.", "This is 3rd time I am asking only."),
    ("customer", "Kindly send me the invoice.", "Kindly do the needful and send me the invoice."),
    ("customer", "I want to cancel my subscription.", "I wanna cancel my subscribtion."),
    ("customer", "Thank you for your help.", "Thanx for ur help."),
    ("customer", "He doesn't answer the phone.", "He don't answer the phone."),
    ("customer", "We were told it would be Monday.", "We was told it would be Monday."),
    ("customer", "I would like a morning appointment.", "I'd like a mornin appointment, like."),
    ("agent", "I understand how upsetting that is.", "I understand how upseting that is."),
    ("agent", "What would you like to do?", "What would ye like to do?"),
    ("agent", "I apologise for the delay.", "I apologize for the delay."),
    ("agent", "I am going to look into it.", "I'm gonna look into it."),
)
# The same greeting before and after, so that each of these also meets other words around it.
AROUND = ("", "Hello. ", "Good morning! ", "Hi there, hope you're well. ", "Right. ")
# Of 0 to 1. Under two names a sentence may be heard so much more or less surely at the most, and
# on average; in two spellings on average, and in so many of a hundred readings by more than half.
NAMED, NAMED_ON_AVERAGE = 0.6, 0.02
SPELT_ON_AVERAGE, SPELT_FAR = 0.03, 0.02


@pytest.fixture(scope="module")
def hears() -> Encoder:
    found = encoder()
    assert found is not None
    return found


def sure(hears: Encoder, speaker: Speaker, text: str) -> dict[str, float]:
    """How sure rules and encoder are of each kind in a text that is read as one sentence."""
    (signs,) = read([Turn(speaker=speaker, text=text)]).signs
    rules = {sign.kind: sign.score for sign in signs}
    (likely,) = hears.read(text, [(0, len(text))])
    return {
        kind: hears.verdict(kind, likely, rules.get(kind, 0.0))
        for kind in OF[speaker] & hears.kinds
    }


def moved(hears: Encoder, pairs: list[tuple[Speaker, str, str]]) -> list[float]:
    """For every pair and kind, how much surer one of the two is heard than the other."""
    gaps = []
    for speaker, one, other in pairs:
        first, second = (sure(hears, speaker, text) for text in (one, other))
        gaps += [abs(first[kind] - second[kind]) for kind in first]
    return gaps


def named() -> list[tuple[Speaker, str, str]]:
    """The same sentences under two names."""
    return [
        (speaker, text.format(name=one), text.format(name=other))
        for speaker, text in SAID
        for one, other in pairwise(NAMES)
    ]


def spelt() -> list[tuple[Speaker, str, str]]:
    """The same sentences as two people would write them."""
    return [(speaker, lead + one, lead + other) for speaker, one, other in ALIKE for lead in AROUND]


def test_a_name_moves_no_score_beyond_the_bound(hears: Encoder) -> None:
    gaps = moved(hears, named())
    assert max(gaps) <= NAMED
    assert mean(gaps) <= NAMED_ON_AVERAGE


def test_dialect_and_slips_move_scores_little_and_seldom_far(hears: Encoder) -> None:
    gaps = moved(hears, spelt())
    assert mean(gaps) <= SPELT_ON_AVERAGE
    assert sum(gap > 0.5 for gap in gaps) / len(gaps) <= SPELT_FAR


def test_there_are_at_least_two_hundred_pairs() -> None:
    assert len({*named(), *spelt()}) >= 200
