"""Our own labelled conversations hold to their guideline, and their files are read whole."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import again, regression, talk
from training.examples import PARTS, hasty, of_turn, part_of, talks
from training.scores import best_threshold, f1, kappa, macro_f1, word_f1
from training.talk import Label, Talk, unmark

ROOT = Path(__file__).parents[1] / "training"
FILES = sorted(ROOT.glob("*/*/*.talk"))
HEAD = "trade: bank\nchannel: chat\nagent: good\nmood: calm\n---\n"


@cache
def everything() -> list[Talk]:
    return [talk.read(path) for path in FILES]


def test_every_conversation_holds_to_the_rules_of_the_labels() -> None:
    assert len(everything()) == len(FILES)


def test_our_own_set_is_as_large_and_varied_as_the_guideline_says() -> None:
    ours = talks(ROOT / "service", *set(PARTS))
    assert len(ours) >= 300
    assert sum(len(one.turns) for one in ours) >= 3_000
    assert len({one.head["trade"] for one in ours}) >= 10
    assert {one.head["channel"] for one in ours} == {"email", "chat", "phone"}
    assert {one.head["agent"] for one in ours} == {"good", "mixed", "poor"}
    german = talks(ROOT / "service", *set(PARTS), lang="de")
    assert sum(len(one.turns) for one in german) >= 300


def test_no_two_conversations_share_more_than_a_stock_phrase() -> None:
    seen: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in everything():
        for said in one.turns:
            words = re.findall(r"\w+", said.text.lower())
            for at in range(len(words) - 11):
                seen[tuple(words[at : at + 12])].add(one.name)
    shared = {" ".join(run): sorted(names) for run, names in seen.items() if len(names) > 1}
    assert shared == {}


def test_a_conversation_is_of_one_part_only_and_a_fifth_is_kept_apart() -> None:
    parts = [part_of(path.stem) for path in FILES if path.parent.parent.name == "service"]
    assert parts.count("apart") / len(parts) == pytest.approx(0.2, abs=0.05)


def test_labels_are_read_with_their_numbers_and_places() -> None:
    said = "{empathy@2|{apology|I'm sorry}, that hurts.} {answer@1:part|Soon.}"
    text, labels = unmark(said)
    assert text == "I'm sorry, that hurts. Soon."
    assert [(label.kind, text[label.start : label.end]) for label in labels] == [
        ("empathy", "I'm sorry, that hurts."),
        ("apology", "I'm sorry"),
        ("answer", "Soon."),
    ]
    assert labels[0].points == 2
    assert (labels[2].points, labels[2].value) == (1, "part")


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        ("A Ann: {hold|one moment", "line 6: «{hold|» is not closed"),
        ("A Ann: one moment}", "a brace closes nothing"),
        ("A Ann: {wait|one moment}", "wait is no label of a turn of the agent's"),
        ("C Tom: {hold|one moment}", "hold is no label of a turn of the customer's"),
        ("C Tom: {ask|Why?}", "an ask has a number"),
        ("C Tom: {ask#1|Why?} {ask#1|When?}", "#1 is given twice"),
        ("A Ann: {answer@1:full|So.}", "nothing has the number 1"),
        ("C Tom: {ask#1|Why?}\nA Ann: {answer@1:all|So.}", "an answer is written"),
        ("C Tom: {emotion.joy|Hurray!}", "a feeling has an intensity"),
        ("C Tom: {thanks|}", "holds no words"),
        ("Tom: hello", "a turn begins with"),
    ],
)
def test_a_wrong_file_is_told_where_and_what(tmp_path: Path, turns: str, says: str) -> None:
    path = tmp_path / "bank-01-wrong.talk"
    path.write_text(HEAD + turns, encoding="utf-8")
    with pytest.raises(talk.BadTalk) as told:
        talk.read(path)
    assert says in str(told.value)
    assert "bank-01-wrong.talk" in str(told.value)


PLAIN = st.text(st.characters(exclude_characters="{}|", exclude_categories=["Cs"]), max_size=40)


@given(before=PLAIN, inside=PLAIN.filter(bool), after=PLAIN)
def test_the_words_around_a_label_are_what_they_were(before: str, inside: str, after: str) -> None:
    text, labels = unmark(f"{before}{{thanks|{inside}}}{after}")
    assert text == before + inside + after
    assert labels == (Label("thanks", len(before), len(before) + len(inside)),)


def test_a_sentence_knows_the_kinds_of_its_own_side_alone() -> None:
    one = talk.parse("x", HEAD + "C Tom: {thanks|Thanks.} It broke.\nA Ann: {hold|One moment.}")
    first, second = of_turn(one.turns[0], "").known
    assert (first["thanks"], second["thanks"]) == (1.0, 0.0)
    assert "hold" not in first
    ours = of_turn(one.turns[1], one.turns[0].text)
    assert [known["hold"] for known in ours.known] == [1.0]
    assert ours.before == "Thanks. It broke."


@given(st.randoms(use_true_random=False))
def test_a_hasty_turn_has_its_sentences_where_they_were(chance: random.Random) -> None:
    one = talk.parse("x", HEAD + "C Tom: {thanks|Thanks, truly.} It broke again… Why?\nA Ann: Hm.")
    calm = of_turn(one.turns[0], "")
    hurried = hasty(calm, chance)
    assert len(hurried.text) == len(calm.text)
    assert len(hurried.spans) == len(hurried.known)
    assert set(zip(hurried.spans, map(str, hurried.known), strict=True)) <= set(
        zip(calm.spans, map(str, calm.known), strict=True)
    )


def test_the_second_labelling_has_the_words_of_the_first() -> None:
    second = sorted((ROOT / "again/en").glob("*.talk"))
    assert {path.name for path in second} <= {path.name for path in again.chosen()}
    for path in second:
        first = talk.read(ROOT / "service/en" / path.name)
        assert [s.text for s in first.turns] == [s.text for s in talk.read(path).turns], path.name


def test_agreement_is_counted_as_the_books_say() -> None:
    assert f1([True, True, False], [True, False, True]) == 0.5
    assert macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert kappa([True, False], [True, False]) == 1.0
    assert kappa([True, True, False, False], [True, False, True, False]) == 0.0
    assert word_f1(["so", "sorry"], ["sorry"]) == pytest.approx(2 / 3)
    assert 0.2 < best_threshold([True, True, False], [0.9, 0.4, 0.2]) < 0.4


def test_a_regression_finds_the_odds_that_are_there() -> None:
    given = np.array([[1.0, 0.0]] * 4 + [[1.0, 1.0]] * 4)
    wanted = np.array([1.0, 0, 0, 0, 1, 1, 1, 0])
    bias, weight = regression.fit(given, wanted, np.array([1e-9, 1e-9]), np.zeros(2))
    assert (bias, weight) == (pytest.approx(-np.log(3)), pytest.approx(2 * np.log(3)))


def test_a_regression_stays_near_its_start_where_all_is_certain() -> None:
    given, wanted = np.array([[1.0], [1.0], [-1.0]]), np.array([1.0, 1.0, 0.0])
    (held,) = regression.fit(given, wanted, np.array([1e6]), np.array([2.0]))
    (found,) = regression.fit(given, wanted, np.array([1.0]), np.array([2.0]))
    assert held == pytest.approx(2.0, abs=1e-3)
    assert 2.0 < found < 4.0
