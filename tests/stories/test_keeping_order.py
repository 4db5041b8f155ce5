"""Conversations are put aside, tagged and merged by keyboard, and every act has its way back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

ROSA = "Rosa Klein <rosa@klein.example>"


def opened(page: Page, subject: str) -> None:
    """Open the conversation from the list."""
    page.goto("/inbox")
    page.locator(".row", has_text=subject).click()
    expect(page.locator("#subject")).to_have_text(subject)
    page.locator("#thread").focus()


def test_two_conversations_are_merged_and_later_mail_reaches_the_heir(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter("The vice came without jaws.", subject="Vice without jaws"))
    rosas = letter("Our vice has no jaws.", subject="Jaws are missing", sender=ROSA)
    house.send(rosas)
    sam, priya = screen("sam"), screen("priya")
    for page in (sam, priya):
        opened(page, "Jaws are missing")
    opened(sam, "Vice without jaws")

    sam.keyboard.press("m")
    sam.get_by_label("Which one").fill("Jaws are missing")
    expect(sam.get_by_role("option", name="Jaws are missing")).to_have_attribute(
        "aria-selected", "true"
    )
    sam.keyboard.press("Enter")
    expect(sam.get_by_label("The letters of both")).to_contain_text("Our vice has no jaws.")
    sam.get_by_role("button", name="Merge", exact=True).click()
    expect(sam.locator("#thread .letter--inbound")).to_have_count(2)
    expect(sam.locator("#undo")).to_contain_text("Merged with “Jaws are missing”")
    # Whoever had the other one open is led to the one that it is now.
    expect(priya.locator("#subject")).to_have_text("Vice without jaws")

    again = letter(
        "Any news?", subject="Re: Jaws are missing", sender=ROSA, answers=rosas["Message-ID"]
    )
    house.send(again)
    expect(sam.locator("#thread")).to_contain_text("Any news?")

    sam.keyboard.press(".")
    sam.get_by_role("button", name="Take “Jaws are missing” out again").click()
    expect(sam.locator("#subject")).to_have_text("Jaws are missing")
    expect(sam.locator("#thread")).to_contain_text("Our vice has no jaws.")


def test_everything_by_keyboard_and_the_focus_stays(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter("Can you regrind a plane iron?", subject="A blunt plane"))
    page = screen("sam")
    opened(page, "A blunt plane")

    page.keyboard.press("t")
    expect(page.get_by_label("Tag", exact=True)).to_be_focused()
    page.keyboard.type("sharpening")
    expect(page.get_by_role("option", name="Make the tag")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".tags")).to_contain_text("sharpening")
    expect(page.locator("#tag-opener")).to_be_focused()

    page.keyboard.press("z")
    expect(page.locator("#snooze-times button").first).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("#snooze-times button", has_text="Until they answer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".conversation-of")).to_contain_text("Snoozed until they answer")
    page.keyboard.press("Control+z")
    expect(page.locator("#undo")).to_contain_text("Undone.")
    expect(page.locator(".conversation-of")).not_to_contain_text("Snoozed")

    page.keyboard.press("Control+k")
    page.keyboard.type("assign priya")
    expect(page.locator("#palette-list > :first-child")).to_contain_text("Assign to Priya Raman")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Assigned to").locator("option:checked")).to_have_text("Priya Raman")

    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/inbox?view=mine")


def test_the_dialog_of_keys_tells_every_key_that_works(screen: Callable[..., Page]) -> None:
    page = screen("sam")
    page.goto("/inbox")
    page.keyboard.press("?")
    table = page.evaluate(
        "import('/static/ui/js/keytable.js').then(m => m.allKeys().map(k => k.says))"
    )
    assert page.locator("#keys dd").all_text_contents() == table
    assert len(table) == len(set(table)) > 20
