"""Words written once: kept, found by typing, filled for the customer, and never sent with a gap."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter
from heard.ui.tests.pages import refused

SUBJECT = "A refund that never came"
TEXT = "Dear {{ customer.first_name }} of {{ customer.company }}, the refund left today."


def test_a_saved_reply_is_typed_filled_and_sent(
    screen: Callable[..., Page], house: House, complaints: list[str]
) -> None:
    page = screen("sam")
    keep_it(page)
    house.send(letter("Where is my refund?", subject=SUBJECT))
    page.goto("/inbox")
    page.locator(".row", has_text=SUBJECT).click()

    draft = page.get_by_label("Your words")
    draft.press_sequentially("/refu")
    offer = page.get_by_role("option", name="Refund on its way")
    expect(offer).to_have_attribute("aria-selected", "true")
    draft.press("Enter")
    expect(draft).to_have_value("Dear Inês of [customer.company?], the refund left today.")

    # The gap is marked; sent as it is, it is refused and nothing is lost.
    draft.press("Control+Enter")
    expect(page.locator("#composer [data-problem]")).to_contain_text("[customer.company?]")
    expect(page.locator("#thread .letter--outbound")).to_have_count(0)
    refused(complaints, 422)
    draft.fill(draft.input_value().replace("[customer.company?]", "Duarte Joinery"))
    draft.press("Control+Enter")
    expect(page.locator("#thread .letter--outbound")).to_contain_text(
        "Dear Inês of Duarte Joinery, the refund left today."
    )

    # On a screen of its own, so that nothing the composer asks is cut off.
    counted = screen("sam")
    counted.goto("/settings/replies/")
    expect(counted.locator(".entries")).to_contain_text("used once")


def keep_it(page: Page) -> None:
    """Sam saves an answer on the page for it."""
    page.goto("/settings/replies/")
    page.get_by_label("Name", exact=True).fill("Refund on its way")
    page.get_by_label("Shortcut").fill("refund")
    page.get_by_label("Text").fill(TEXT)
    page.get_by_label("Who sees it").select_option("everyone")
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
