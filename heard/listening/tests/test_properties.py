"""What holds for any words at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.listening import Reading, Turn, check, read
from heard.listening.lexicon import LISTS, NOT, Entry, entries
from heard.listening.passage import bare_words, fold
from heard.listening.sentences import LONGEST, spans
from heard.listening.tree import find

PIECES = st.sampled_from(
    [
        *(entry.phrase for name in LISTS[::3] for entry in list(entries(name))[::9]),
        "I will call you by Friday at 5 pm.",
        "When will it ship?",
        "could you send me the invoice",
        "\n",
        "\n\n",
        "> quoted",
        "?",
        "!!!",
        "…",
        "\x00",
        "İstanbul",
        "שלום",
        "😀👍🏽",
        "’",
        "31 June 9999",
        "within 999 months",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join))
TURNS = st.lists(
    st.builds(
        Turn,
        speaker=st.sampled_from(["agent", "customer"]),
        text=TEXTS,
        name=st.sampled_from(["", "Ines Duarte", "Will", "a@b.example"]),
        at=st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC)),
        zone=st.sampled_from(["UTC", "Pacific/Auckland", "", "../etc/passwd"]),
        start=st.none() | st.floats(0, 100),
        end=st.none() | st.floats(0, 100),
    ),
    max_size=6,
)


def places(reading: Reading) -> list[tuple[int, int, int]]:
    found = [(i, s.start, s.end) for i, signs in enumerate(reading.signs) for s in signs]
    for thing in (*reading.asks, *reading.commitments):
        found.append((thing.place.turn, thing.place.start, thing.place.end))
    for place in (p for skill in reading.skills for p in skill.evidence):
        found.append((place.turn, place.start, place.end))
    for link in reading.links:
        found += [(p.turn, p.start, p.end) for p in (link.source, link.target)]
    return found


@settings(max_examples=80, deadline=None)
@given(TURNS)
def test_every_span_lies_in_its_turn_and_holds_words(turns: list[Turn]) -> None:
    reading = read(turns)
    for turn, start, end in places(reading):
        assert 0 <= start < end <= len(turns[turn].text)
        assert turns[turn].text[start:end].strip()
    for signs in reading.signs:
        assert all(0 < s.score <= 1 and s.why for s in signs)
    assert all(0 <= s.score <= 1 for s in reading.skills)


@settings(max_examples=30, deadline=None)
@given(TURNS)
def test_reading_twice_gives_the_same(turns: list[Turn]) -> None:
    assert read(turns) == read(list(turns))


@settings(max_examples=30, deadline=None)
@given(TURNS, TEXTS)
def test_advice_lies_in_the_draft(turns: list[Turn], draft: str) -> None:
    for advice in check(draft, turns, at=datetime(2026, 11, 19, tzinfo=UTC)):
        assert 0 <= advice.start <= advice.end <= len(draft)
        assert advice.why and advice.says and advice.source


@settings(max_examples=60)
@given(TEXTS)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(max_examples=60)
@given(TEXTS)
def test_sentences_lie_in_order_and_are_bounded(text: str) -> None:
    """Rules look at one sentence at a time, so a bound on it makes the whole linear."""
    last = 0
    for start, end in spans(text):
        assert last <= start < end <= len(text)
        assert end - start <= LONGEST
        last = end


@settings(max_examples=25, deadline=None)
@given(TURNS, TURNS)
def test_later_words_move_no_earlier_sign(first: list[Turn], second: list[Turn]) -> None:
    assert read(first).signs == read([*first, *second]).signs[: len(first)]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 60_000,
        "a@" * 20_000,
        "please " * 5_000,
        "I will " * 5_000,
        "? " * 8_000,
        "\n" * 60_000,
        "...." * 15_000,
        "by the end of the " * 2_000,
        "could you and " * 2_000,
        "https://" + "a/" * 20_000,
        "Hi " + "A" * 60_000,
        ("> " * 1000 + "\n") * 100,
    ],
    ids=lambda text: text[:12].strip() or "blank",
)
@pytest.mark.parametrize("speaker", ["agent", "customer"])
def test_a_flood_is_read_to_its_end(text: str, speaker: str) -> None:
    """A regular expression that goes back over its tracks would not return from these."""
    turn = Turn(speaker=speaker, text=text, at=datetime(2026, 11, 19))  # type: ignore[arg-type]
    assert len(read([turn]).signs) == 1


def test_empty_turns_and_one_side_alone() -> None:
    assert read([]).signs == ()
    assert read([Turn(speaker="agent", text="")]).signs == ((),)
    assert read([Turn(speaker="customer", text=" \n\x00 ")] * 3).asks == ()


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_phrase_stands_in_two_sections_of_one_list(lang: str) -> None:
    for name in LISTS:
        labels: dict[str, str] = {}
        for entry in entries(name, lang):
            assert labels.setdefault(entry.phrase, entry.label) == entry.label, (name, entry)


PHRASES = {
    lang: st.sampled_from([entry for name in LISTS for entry in entries(name, lang)])
    for lang in ("en", "de")
}


@pytest.mark.parametrize("lang", ["en", "de"])
@given(st.data())
def test_each_phrase_that_a_line_stands_for_is_found_whole(lang: str, data: st.DataObject) -> None:
    entry: Entry = data.draw(PHRASES[lang])
    words = tuple(bare_words(entry.phrase.replace("*", "anything")))
    found = {(first, last, hit.lexicon) for first, last, hit in find(words, lang)}
    assert entry.label == NOT or (0, len(words), entry.lexicon) in found
