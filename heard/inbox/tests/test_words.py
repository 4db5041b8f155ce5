"""A letter's words are shown whole, marked where something was heard, and nothing in them runs."""

from __future__ import annotations

import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.inbox.letters import words
from heard.listening.marks import Mark, mark_of
from heard.listening.types import Sign


def marked(start: int, end: int, why: str = "A question") -> Mark:
    return mark_of(Sign(kind="ask", start=start, end=end, score=0.9, why=why))


def shown(html: str) -> str:
    """What a reader sees, without paragraphs and line ends."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def drawn(html: str) -> list[str]:
    return [
        unescape(re.sub(r"<[^>]*>", "", found)) for found in re.findall(r"<mark.*?</mark>", html)
    ]


BITS = [*"ab <>&\"'\n\t.?", "\n\n", "https://a.example/x?y=1", "é", "🙂", "ש", "\x0b"]
TEXTS = st.lists(st.sampled_from(BITS)).map("".join)
MARKS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: marked(pair[0], sum(pair)))
)


@settings(deadline=None)
@given(text=TEXTS, marks=MARKS)
def test_no_letter_of_a_text_is_lost(text: str, marks: list[Mark]) -> None:
    assert shown(words(text, marks)) == "".join(text.split())


@settings(deadline=None)
@given(text=TEXTS, marks=MARKS)
def test_links_and_marks_are_well_formed(text: str, marks: list[Mark]) -> None:
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"p", "br", "mark", "a"}
            if tag != "br":
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Reader().feed(str(words(text, marks)))
    assert not open_tags


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([marked(0, 5)], ["Where"]),
        ([marked(0, 5), marked(6, 8)], ["Where", "is"]),
        ([marked(0, 12), marked(6, 8)], ["Where ", "is", " my "]),
        ([marked(0, 8), marked(6, 12)], ["Where ", "is", " my "]),
        ([marked(0, 900)], ["Where is my order?"]),
        ([marked(40, 50)], []),
    ],
)
def test_of_overlapping_marks_the_shortest_is_drawn(marks: list[Mark], expected: list[str]) -> None:
    assert drawn(words("Where is my order?", marks)) == expected


def test_a_mark_goes_on_in_the_next_paragraph() -> None:
    assert drawn(words("One.\n\nTwo.", [marked(0, 10)])) == ["One.", "Two."]


@pytest.mark.parametrize("mark", [marked(0, 18), marked(10, 30), marked(12, 14), marked(0, 40)])
def test_a_mark_never_breaks_a_link(mark: Mark) -> None:
    html = words("See https://a.example/x?y=1 now, please", [mark])
    assert '<a href="https://a.example/x?y=1"' in html
    assert html.count("<a ") == 1


def test_a_reason_stands_in_its_attribute_only() -> None:
    html = words("Hello", [marked(0, 5, why='"><script>alert(1)</script>')])
    assert "<script" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        'https://a.example/"onmouseover="alert(1)',
        "https://[::1",
    ],
)
def test_words_are_words(text: str) -> None:
    html = str(words(text, [marked(0, len(text))]))
    assert not re.search(r"<(?!/?(?:p|br|mark|a)\b)", html)
    assert not re.search(r"<a [^>]*on\w+=", html)
    assert 'href="javascript' not in html
    assert shown(html) == "".join(text.split())


def test_a_long_letter_with_many_marks_is_shown_soon() -> None:
    text = "Where is it? " * 5_000
    marks = [marked(at, at + 12) for at in range(0, len(text), 13)]
    begun = time.perf_counter()
    assert len(drawn(words(text, marks))) == 5_000
    # A wide bound for a busy machine: with the square of the marks it would take minutes.
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("It is **on its way** now.", "It is <strong>on its way</strong> now."),
        ("*Please* read `x_y` too.", "<em>Please</em> read <code>x_y</code> too."),
        ("Two * three * four", "Two * three * four"),
        ("snake_case_name and 5*3*2", "snake_case_name and 5*3*2"),
        ("**open and never closed", "**open and never closed"),
        ("**<b>bold</b>**", "<strong>&lt;b&gt;bold&lt;/b&gt;</strong>"),
    ],
)
def test_our_own_emphasis_is_shown_and_its_stars_are_not(typed: str, shown: str) -> None:
    assert words(typed, [], styled=True) == f'<p dir="auto">{shown}</p>'


def test_a_customers_stars_stay_as_they_were_typed() -> None:
    assert "**now**" in words("I need it **now**", [])


def test_a_mark_goes_on_through_an_emphasis() -> None:
    text = "We send **the charger** today."
    html = words(text, [marked(0, len(text))], styled=True)
    assert "**" not in html
    assert html.count("<mark") == 3
    assert "<strong><mark" in html


def test_an_address_with_underlines_stays_a_link() -> None:
    html = words("See https://a.example/_b_/c_d_ now", [], styled=True)
    assert 'href="https://a.example/_b_/c_d_"' in html
    assert "<em>" not in html
