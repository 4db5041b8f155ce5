"""On a phone: one pane at a time, and nothing wider than the hand."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

SUBJECT = "Offcuts"
WIDE = f"See https://{'very-' * 40}long.example/ and {'x' * 300}. Can you help?"


def test_list_conversation_and_back_fit_390_pixels(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter(WIDE, subject=SUBJECT))
    page = screen("sam", width=390, touch=True)
    page.goto("/inbox")
    row = page.locator(".row", has_text=SUBJECT)
    expect(row).to_be_visible()
    fits(page)

    row.tap()
    expect(page.locator("#thread")).to_contain_text("Can you help?")
    expect(row).to_be_hidden()
    expect(page.get_by_label("Your words")).to_be_visible()
    fits(page)

    page.get_by_role("button", name="About the customer").tap()
    expect(page.locator("#memory")).to_contain_text("ines@duarte-joinery.example")
    fits(page)
    page.locator("#memory").get_by_role("button", name="Close").tap()

    page.get_by_role("link", name="Back to the list").tap()
    expect(row).to_be_visible()
    expect(page.locator("#thread")).to_be_hidden()


def test_every_tab_of_the_settings_can_be_read(screen: Callable[..., Page]) -> None:
    page = screen("sam", width=390, touch=True)
    page.goto("/settings/tokens/")
    fits(page)
    tabs = page.locator(".tabs a")
    expect(tabs.first).to_be_visible()
    for tab in tabs.all():
        expect(tab).to_be_in_viewport(ratio=1)


def fits(page: Page) -> None:
    """Nothing can be scrolled sideways."""
    widest = page.evaluate("document.scrollingElement.scrollWidth")
    assert widest <= 390, f"{page.url} is {widest} pixels wide"
