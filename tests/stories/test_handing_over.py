"""One hands a conversation over, and the other knows all that was said without asking again."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

SUBJECT = "The planer tears the grain"


def opened(page: Page, subject: str) -> None:
    page.goto("/inbox")
    page.locator(".row", has_text=subject).click()
    expect(page.locator("#subject")).to_have_text(subject)


def test_the_brief_the_bell_and_the_answer(screen: Callable[..., Page], house: House) -> None:
    house.send(letter("It tears. I am frustrated. Can you send new knives?", subject=SUBJECT))
    sam, priya = screen("sam"), screen("priya")
    priya.goto("/settings/profile/")
    bell = priya.locator("#bell .count")
    before = bell.inner_text()
    opened(sam, SUBJECT)
    expect(sam.locator("#memory .owing").first).to_be_visible()

    sam.keyboard.press("h")
    dialog = sam.get_by_role("dialog", name="Hand over")
    heard = re.compile(r"still open\*\*\n- Can you send new knives\?\n[\s\S]*frustration: “")
    expect(dialog.get_by_label("What was heard so far")).to_have_value(heard)
    dialog.get_by_label("To", exact=True).select_option(label="Priya Raman")
    dialog.get_by_label("In your own words").fill("She called as well.")
    dialog.get_by_role("button", name="Hand over").click()
    expect(dialog).to_be_hidden()
    expect(sam.locator("#subject")).to_be_focused()
    expect(sam.get_by_label("Assigned to").locator("option:checked")).to_have_text("Priya Raman")

    # Priya hears of it where she is, and nothing was asked for every few seconds.
    expect(bell).not_to_have_text(before)
    expect(bell).to_contain_text("unread")
    priya.locator("#bell a").click()
    expect(priya.locator(".news")).to_contain_text("Sam Whitlock handed this over to you")
    unread = bell.inner_text()
    priya.locator(".news").get_by_text("handed this over").first.click()
    note = priya.locator("#thread .letter--handed")
    expect(note).to_contain_text("She called as well.")
    expect(note).to_contain_text("Can you send new knives?")
    expect(bell).not_to_have_text(unread)

    priya.get_by_label("Your words").fill("New knives leave today.")
    priya.get_by_role("button", name="Send", exact=True).click()
    expect(priya.locator("#thread .letter--outbound")).to_contain_text("New knives leave today.")


def test_a_colleague_is_called_by_an_at_sign_and_the_keyboard(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter("The fence is loose.", subject="A loose fence"))
    sam, priya = screen("sam"), screen("priya")
    priya.goto("/notifications")
    opened(sam, "A loose fence")
    sam.keyboard.press("n")
    field = sam.get_by_label("Your words")
    field.press_sequentially("@pr")
    option = sam.get_by_role("listbox").get_by_role("option", name="Priya Raman")
    expect(option).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value("@Priya Raman ")
    field.press_sequentially("do you know this one?")
    field.press("Control+Enter")
    expect(sam.locator("#thread .letter--note")).to_contain_text("@Priya Raman do you know")
    expect(priya.locator("#news")).to_contain_text("Sam Whitlock mentions you")


def test_whoever_takes_the_next_has_it_and_stepping_away_is_one_click(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter("Which belt fits?", subject="Which belt"))
    priya = screen("priya")
    priya.goto("/inbox?view=unassigned")
    expect(priya.locator(".row", has_text="Which belt")).to_be_visible()
    priya.keyboard.press("q")
    priya.wait_for_url("**/conversations/*")
    chosen = priya.get_by_label("Assigned to").locator("option:checked")
    expect(chosen).to_have_text("Priya Raman (you)")
    taken = priya.locator("#subject").inner_text()

    priya.get_by_role("button", name="Step away").click()
    expect(priya.get_by_role("heading", name="You are away")).to_be_visible()
    sam = screen("sam")
    opened(sam, taken)
    expect(sam.get_by_label("Assigned to").locator("option:checked")).to_have_text(
        "Priya Raman, away"
    )
    priya.get_by_role("button", name="I am back").first.click()
    expect(priya.get_by_role("button", name="Step away")).to_be_visible()
