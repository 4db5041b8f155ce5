"""Two people answer one letter: they see each other, and the second is told before it leaves."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter
from heard.ui.tests.pages import refused

SUBJECT = "A crooked fence"


def test_a_reply_that_crosses_another_s_is_stopped_with_both_shown(
    screen: Callable[..., Page], house: House, complaints: list[str]
) -> None:
    house.send(letter("The fence of the table saw is crooked.", subject=SUBJECT))
    sam, priya = screen("sam"), screen("priya")
    for page in (sam, priya):
        page.goto("/inbox")
        page.locator(".row", has_text=SUBJECT).click()
        expect(page.locator("#subject")).to_have_text(SUBJECT)
    expect(priya.locator("#presence")).to_contain_text("Sam is looking")

    words = "Dear Inês, two screws hold it."
    sam.get_by_label("Your words").press_sequentially(words)
    expect(priya.locator("#presence")).to_contain_text("Sam is writing")
    begun = priya.get_by_text("has begun a reply")
    begun.click()
    expect(priya.locator(".draft-text")).to_have_text(words)

    # A draft outlives the page it was written on.
    expect(sam.locator("[data-kept]")).to_have_text("Draft saved")
    sam.evaluate("localStorage.clear()")
    sam.reload()
    expect(sam.get_by_label("Your words")).to_have_value(words)

    priya.get_by_label("Your words").fill("We send a new fence.")
    priya.get_by_role("button", name="Send", exact=True).click()
    expect(priya.locator("#thread .letter--outbound")).to_contain_text("a new fence")

    sam.get_by_role("button", name="Send", exact=True).click()
    stopped = sam.locator(".crossed")
    expect(stopped).to_contain_text("Priya Raman wrote while you were writing")
    expect(stopped).to_contain_text("We send a new fence.")
    expect(sam.get_by_label("Your words")).to_have_value(words)
    expect(priya.locator("#thread .letter--outbound")).to_have_count(1)

    refused(complaints, 409)

    sam.get_by_role("button", name="Send mine anyway").click()
    expect(sam.locator("#thread .letter--outbound")).to_have_count(2)
    expect(priya.locator("#thread")).to_contain_text("two screws hold it")
