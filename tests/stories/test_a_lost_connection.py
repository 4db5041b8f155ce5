"""The web process dies under an open page, comes back, and the page heals itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter, soon


def test_the_page_heals_itself_after_the_web_process_was_killed(
    screen: Callable[..., Page], house: House, complaints: list[str]
) -> None:
    page = screen("sam")
    page.goto("/inbox")
    page.evaluate("window.neverReloaded = true")
    (web,) = house.pids("web")
    os.kill(web, signal.SIGKILL)
    house.send(letter("Did you get this?", subject="Written while the pages were away"))
    assert soon(lambda: house.pids("web") not in ([], [web]))
    expect(page.locator(".row", has_text="while the pages were away")).to_be_visible(timeout=19_000)
    expect(page.locator("#connection")).to_be_hidden()
    assert page.evaluate("window.neverReloaded") is True
    # What the browser and htmx say about refused connections is the story itself.
    complaints[:] = [one for one in complaints if not one.startswith(("Failed to load", "htmx:"))]
