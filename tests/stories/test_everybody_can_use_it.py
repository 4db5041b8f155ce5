"""axe-core finds no serious or critical barrier on any page, light or dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

SUBJECT = "A sticking drawer"
PAGES = (
    "/inbox",
    "/inbox?view=mine&status=closed",
    "/attention",
    "/queue",
    "/settings/inboxes/",
    "/settings/inboxes/new/",
    "/settings/people/",
    "/settings/teams/",
    "/settings/hours/",
    "/settings/levels/",
    "/settings/levels/new/",
    "/settings/tokens/",
    "/settings/profile/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page(screen: Callable[..., Page], scheme: str) -> None:
    page = screen("sam", scheme=scheme)
    for path in PAGES:
        page.goto(path)
        expect(page.get_by_role("main")).to_be_visible()
        assert barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conversation_with_marks_and_advice(
    screen: Callable[..., Page], house: House, scheme: str
) -> None:
    house.send(
        letter("I am frustrated: the drawer sticks. Can you help?", subject=f"{SUBJECT} {scheme}")
    )
    page = screen("sam", scheme=scheme)
    page.goto("/inbox")
    page.locator(".row", has_text=f"{SUBJECT} {scheme}").click()
    expect(page.locator("#thread mark.sign").first).to_be_visible()
    page.get_by_label("Your words").press_sequentially("Calm down.")
    expect(page.locator("#coach summary").first).to_be_visible()
    assert barriers(page) == []
    page.locator("#thread mark.sign").first.focus()
    expect(page.locator("#sign-card")).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in(screen: Callable[..., Page], scheme: str) -> None:
    page = screen(None, scheme=scheme)
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert barriers(page) == []


def barriers(page: Page) -> list[str]:
    """The serious and critical findings of axe-core: rule, and the first element it names."""
    # What is still fading in has too little contrast for a moment.
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    # Without preload axe fetches no style sheets of its own, which the content policy would refuse.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [
        f"{page.url}: {one['help']}: {one['nodes'][0]['html']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
