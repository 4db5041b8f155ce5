"""The letters in a real browser: where a conversation opens and what a refresh keeps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from heard.ui.tests.pages import CHROMIUM, SITE, show

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


def letters(heights: list[int], *, fold: str = "") -> str:
    """The letters of a conversation in a place 300 px high."""
    every = "".join(
        f'<li class="letter"><svg width="9" height="{height}"></svg></li>' for height in heights
    )
    return f"""<div id="thread" class="thread" data-live="conversation:17" hx-get="/thread"
        hx-trigger="live" hx-target="this" hx-select="#thread" hx-swap="outerHTML">
        <ol>{every}</ol>{fold}</div>"""


def desk(thread: str, memory: str = "") -> str:
    return f"""<div id="desk"><section id="conversation" data-conversation="17">{thread}</section>
        <aside id="memory" data-live="conversation:17" hx-get="/memory" hx-trigger="live"
        hx-target="this" hx-select="#memory" hx-swap="outerHTML">{memory}</aside></div>"""


BELOW = """() => { const t = document.getElementById('thread');
    return Math.round(t.scrollHeight - t.clientHeight - t.scrollTop) }"""
REFRESH = "for (const id of ['thread', 'memory']) htmx.trigger('#' + id, 'live')"


def opened(page: Page, thread: str, memory: str = "") -> None:
    """The desk with its scripts, after both of its parts were fetched again at once."""
    whole = desk(thread, memory)
    page.route(f"{SITE}/thread", lambda route: route.fulfill(body=whole))
    page.route(f"{SITE}/memory", lambda route: route.fulfill(body=whole))
    page.add_init_script(
        """window.settled = 0;
        document.addEventListener("htmx:afterSettle", () => window.settled++);"""
    )
    show(page, f"<style>#thread {{ height: 300px; overflow-y: auto }}</style>{whole}", "thread")
    page.wait_for_function("window.htmx")


def test_a_conversation_stays_at_its_newest_letter_when_all_parts_refresh(page: Page) -> None:
    opened(page, letters([400, 400, 120]))
    assert page.evaluate(BELOW) == 0
    page.evaluate(REFRESH)
    page.wait_for_function("window.settled >= 2")
    assert page.evaluate(BELOW) == 0


def test_a_newest_letter_taller_than_the_view_is_shown_from_its_start(page: Page) -> None:
    opened(page, letters([400, 900]))
    before = page.evaluate(BELOW)
    assert 550 < before < 700
    page.evaluate(REFRESH)
    page.wait_for_function("window.settled >= 2")
    assert page.evaluate(BELOW) == before


def test_folds_stay_open_when_all_parts_refresh(page: Page) -> None:
    fold = "<details id='{}'><summary>{}</summary>words</details>"
    opened(page, letters([100], fold=fold.format("quoted-1", "Earlier")), fold.format("why", "Why"))
    page.click("text=Earlier")
    page.click("text=Why")
    page.evaluate(REFRESH)
    page.wait_for_function("window.settled >= 2")
    assert page.locator("details[open]").count() == 2
