"""Where things stand on a page: the window never scrolls, nothing is pushed out or cut off."""

from __future__ import annotations

from types import SimpleNamespace as Thing

import pytest
from playwright.sync_api import Page

from heard.ui.tests.pages import CHROMIUM, show, template

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

LOOK = '<link rel="stylesheet" href="/static/ui/css/app.css">'


def shell(main: str, rail: str = "") -> str:
    return f"""{LOOK}<div class="shell"><nav class="rail" popover>{rail}</nav>
        <main class="main">{main}</main></div>"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("place", ["rows", "thread", "page", "memory"])
def test_the_window_never_scrolls_however_long_its_places_are(
    page: Page, width: int, place: str
) -> None:
    lines = '<p class="row">A letter<span class="unseen">Unread. </span></p>' * 90
    page.set_viewport_size({"width": width, "height": 700})
    show(page, shell(f'<section class="list"><div class="{place}">{lines}</div></section>'))
    page.wait_for_function("getComputedStyle(document.body).margin === '0px'")
    high = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    assert page.evaluate(high) == [700, width]


def test_a_long_name_leaves_the_way_out_in_its_place(page: Page) -> None:
    me = """<div class="rail-foot"><form class="me"><a class="me-name" href="/">{}</a>
        <button class="button button--quiet button--small">Out</button></form></div>"""
    page.set_viewport_size({"width": 1440, "height": 700})
    show(page, shell("", me.format("Bartholomew Featherstonehaugh of Whitlock Manor")))
    page.wait_for_function("getComputedStyle(document.body).margin === '0px'")
    out = page.locator(".me button").bounding_box()
    assert out
    assert out["x"] + out["width"] <= 208


def test_a_letter_is_changed_in_the_width_of_its_page(page: Page) -> None:
    message = Thing(id=5, to=[{"email": "elena@casa.example"}], text="Dear Elena,\n\n" * 30)
    again = template("inbox/_again.html", message=message, swaps="", csrf_input="", next="/queue")
    entry = f'<ul class="entries"><li>{again}</li></ul>'
    page.set_viewport_size({"width": 1440, "height": 900})
    show(page, shell(f'<div class="page"><div class="page-inner">{entry}</div></div>'))
    page.wait_for_function("getComputedStyle(document.body).margin === '0px'")
    page.click("text=Change it first")
    for field, height in (("[name=to]", 36), ("[name=text]", 300)):
        box = page.locator(field).bounding_box()
        assert box
        assert box["width"] > 700
        assert box["height"] >= height
