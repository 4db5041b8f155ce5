"""A letter can be taken back after Send, and one sent for later stays when the customer writes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

ALL_THE_TIME = "30"


def undo_for(page: Page, seconds: str) -> None:
    """Set on one's own page how long a letter can be taken back."""
    page.goto("/settings/profile/")
    page.get_by_label("Undo sending").select_option(seconds)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def open_letter(page: Page, subject: str) -> None:
    page.goto("/inbox")
    page.locator(".row", has_text=subject).click()
    expect(page.locator("#subject")).to_have_text(subject)


def test_a_letter_is_taken_back_with_all_its_words(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter("Does it come with a belt?", subject="A belt sander"))
    sam = screen("sam")
    undo_for(sam, ALL_THE_TIME)
    open_letter(sam, "A belt sander")
    draft = sam.get_by_label("Your words")
    draft.fill("Dear Inês, it comes without.")
    sam.get_by_role("button", name="Send", exact=True).click()
    waiting = sam.locator("#thread .letter--planned")
    expect(waiting).to_contain_text("Leaves in")
    expect(draft).to_have_value("")
    waiting.get_by_role("button", name="Undo").click()
    expect(waiting).to_have_count(0)
    expect(draft).to_have_value("Dear Inês, it comes without.")
    expect(draft).to_be_focused()
    undo_for(sam, "0")


def test_what_was_to_leave_later_stays_when_the_customer_writes_first(
    screen: Callable[..., Page], house: House
) -> None:
    subject = "The missing key"
    mail = letter("The chuck key was missing.", subject=subject)
    house.send(mail)
    sam = screen("sam")
    open_letter(sam, subject)
    draft = sam.get_by_label("Your words")
    draft.fill("Dear Inês, did the key arrive?")
    sam.get_by_role("button", name="More ways to send").click()
    sam.get_by_role("button", name="Tomorrow morning").last.click()
    expect(sam.locator("#thread .letter--planned")).to_contain_text("Leaves tomorrow")
    sam.goto("/leaving")
    expect(sam.locator(".entries")).to_contain_text("did the key arrive?")

    open_letter(sam, subject)
    house.send(letter("It came today.", subject=f"Re: {subject}", answers=mail["Message-ID"]))
    expect(sam.locator("#thread")).to_contain_text("Not sent, because Inês Duarte wrote first")
    expect(sam.locator("#thread .letter--planned")).to_have_count(0)
    sam.reload()
    expect(sam.get_by_label("Your words")).to_have_value("Dear Inês, did the key arrive?")
