"""Rules and encoder together: what is added, what is dropped, and why."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from heard.listening import Turn, check, read
from heard.listening.encoder import encoder
from heard.listening.encoder.network import Encoder
from heard.listening.encoder.window import BEFORE, OWN, windows
from heard.listening.sentences import spans
from heard.listening.tests.said import agent, customer
from heard.listening.tests.test_asks_answered import ANSWERED, STILL_OPEN
from heard.listening.tests.test_properties import TEXTS, TURNS

LETTER = (
    "Hi Tom,\n\nthe wheel wobbles again. I had so hoped to have the cot ready before she comes "
    "home from hospital. When could somebody look at it?\n\nInes"
)
REPLY = (
    "Oh no, and with the little one nearly home. So the wheel came loose a second time? I'll look."
)


@pytest.fixture(scope="module")
def hears() -> Encoder:
    found = encoder()
    assert found is not None
    return found


def heard_in(hears: Encoder, text: str, before: str = "") -> list[list[float]]:
    found = hears.read(text, list(spans(text)), before)
    return [[one.odds(column) for column in hears.columns] for one in found]


def test_each_sentence_gets_its_own_answer_whatever_stands_beside_it_in_memory(
    hears: Encoder,
) -> None:
    first = heard_in(hears, REPLY, LETTER)
    for text in (LETTER, "Thanks!", REPLY * 9):
        heard_in(hears, text)
    assert heard_in(hears, REPLY, LETTER) == first
    assert heard_in(Encoder(), REPLY, LETTER) == first


def test_the_reason_names_words_of_the_sentence(hears: Encoder) -> None:
    signs = [
        sign
        for turn in read(
            [Turn(speaker="customer", text=LETTER), Turn(speaker="agent", text=REPLY)],
            encoder=hears,
        ).signs
        for sign in turn
        if sign.why.startswith("Learned")
    ]
    said = (LETTER + REPLY).lower()
    for sign in signs:
        for word in sign.why.split("«")[1:]:
            assert word.partition("»")[0].lower() in said


@given(TEXTS, TEXTS)
@settings(max_examples=30)
def test_every_sentence_is_read_once_and_no_window_is_too_long(text: str, before: str) -> None:
    found = list(spans(text))
    read_in = list(windows(text, found, before))
    assert sum(len(window.sentences) for window in read_in) == len(found)
    for window in read_in:
        assert len(window.ids) == len(window.sides) <= OWN + BEFORE + 100
        assert len(window.offsets) == window.sides.count(0)


@given(TURNS)
@settings(max_examples=20)
def test_anything_at_all_can_be_read(turns: list[Turn]) -> None:
    found = encoder()
    reading = read(turns, encoder=found)
    for turn, signs in zip(turns, reading.signs, strict=True):
        for sign in signs:
            assert 0 <= sign.start < sign.end <= len(turn.text)
            assert 0 <= sign.score <= 1


@given(TURNS)
@settings(max_examples=20)
def test_every_sign_of_an_ask_or_promise_has_its_line_in_the_ledger(turns: list[Turn]) -> None:
    reading = read(turns, encoder=encoder())
    for kind, ledger in (("ask", reading.asks), ("commitment", reading.commitments)):
        places = {(one.place.turn, one.place.start) for one in ledger}
        owed = 0.58 if kind == "commitment" else 0.0
        signs = [(i, s) for i, found in enumerate(reading.signs) for s in found if s.kind == kind]
        assert {(turn, sign.start) for turn, sign in signs if sign.score > owed} == places


def test_single_words_are_heard_by_the_rules(hears: Encoder) -> None:
    assert not {"name", "jargon"} & hears.kinds


@pytest.mark.parametrize(
    ("asked", "draft"),
    [
        ("How much is the postage?", "Hi, the postage depends on the size of the parcel. Tom"),
        ("Could you send me the invoice?", "Hi, the invoice is an important paper for us. Tom"),
        ("How much will the repair cost?", "Hi, I would have to find out what the repair costs."),
        ("When will the blade ship?", "Hi, I will find out for you when the blade ships. Tom"),
    ],
)
def test_shared_words_without_a_time_an_amount_or_a_deed_leave_an_ask_open_in_a_draft(
    hears: Encoder, asked: str, draft: str
) -> None:
    advice = check(draft, [Turn(speaker="customer", text=asked)], encoder=hears)
    assert "ask.open" in {one.kind for one in advice}


def test_learned_answers_agree_with_the_rules_table_but_for_three(hears: Encoder) -> None:
    wrong = [
        (asked, reply)
        for table, state in ((ANSWERED, "answered"), (STILL_OPEN, "open"))
        for asked, reply in table
        if {ask.state for ask in read([customer(asked), agent(reply)], encoder=hears).asks}
        != {state}
    ]
    assert len(wrong) <= 3, wrong


def test_who_will_find_out_has_not_answered(hears: Encoder) -> None:
    turns = [
        Turn(speaker="customer", text="When will the blade ship?"),
        Turn(speaker="agent", text="I will find out when the blade ships."),
    ]
    (ask,) = read(turns, encoder=hears).asks
    assert ask.state == "open"


def test_a_set_phrase_of_reproach_stands_whatever_the_encoder_thinks(hears: Encoder) -> None:
    turns = [Turn(speaker="customer", text=LETTER)]
    assert "blame" in {one.kind for one in check("Calm down.", turns, encoder=hears)}


@pytest.mark.parametrize("absent", ["onnxruntime", "numpy", "tokenizers"])
def test_rules_hear_where_what_the_encoder_runs_on_is_not_installed(absent: str) -> None:
    program = (
        f"import sys; sys.modules[{absent!r}] = None\n"
        "from heard.listening import Turn, check, read\n"
        "from heard.listening.encoder import encoder\n"
        "turns = [Turn(speaker='customer', text='When will it come?')]\n"
        "found = encoder()\n"
        "print(found, read(turns, encoder=found).asks[0].text, check('Calm down.', turns)[0].kind)"
    )
    assert printed(program) == "None When will it come? blame"


def test_who_listens_by_rules_loads_nothing_of_the_encoder() -> None:
    program = (
        "import sys\n"
        "from heard.listening import Turn, read\n"
        "from heard.listening.encoder import NEEDS\n"
        "read([Turn(speaker='customer', text='When will it come?')])\n"
        "print([name for name in NEEDS if name in sys.modules])"
    )
    assert printed(program) == "[]"


def printed(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_encoder_is_small_and_knows_its_columns(hears: Encoder) -> None:
    place = Path(sys.modules[Encoder.__module__].__file__ or "").parent
    assert sum(file.stat().st_size for file in place.glob("*.*")) < 30_000_000
    assert set(json.loads((place / "verdicts.json").read_text())) <= set(hears.columns)
