"""Two people at the same conversation see what the other does."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

SUBJECT = "The lathe hums"


def test_one_sees_the_others_note_and_who_has_taken_it(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter("It hums at 50 Hz. What can I do?", subject=SUBJECT))
    sam, priya = screen("sam"), screen("priya")
    for page in (sam, priya):
        page.goto("/inbox")
        page.locator(".row", has_text=SUBJECT).click()
        expect(page.locator("#subject")).to_have_text(SUBJECT)

    sam.get_by_text("Note", exact=True).click()
    sam.get_by_label("Your words").fill("Ask whether the belt was changed.")
    sam.get_by_role("button", name="Keep note").click()
    note = priya.locator("#thread .letter--note")
    expect(note).to_contain_text("Ask whether the belt was changed.")
    expect(note).to_contain_text("Sam Whitlock")

    priya.get_by_label("Your words").fill("Dear Inês, was the belt changed")
    sam.get_by_label("Assigned to").select_option(label="Priya Raman")
    chosen = priya.get_by_label("Assigned to").locator("option:checked")
    expect(chosen).to_have_text("Priya Raman (you)")
    expect(priya.get_by_label("Your words")).to_have_value("Dear Inês, was the belt changed")
