"""Letters are found by what they say, closed together, and put back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter


def test_found_by_a_word_closed_together_and_put_back(
    screen: Callable[..., Page], house: House
) -> None:
    for n in range(3):
        words = f"The gasket number {n} leaks oil."
        house.send(letter(words, subject=f"Oil on the floor {n}", sender=f"oil{n}@leak.example"))
    page = screen()
    page.goto("/inbox")
    expect(page.locator(".row", has_text="Oil on the floor")).to_have_count(3)

    page.keyboard.press("/")
    page.keyboard.type("gaskets")
    page.keyboard.press("Enter")
    found = page.locator(".row", has_text="Oil on the floor")
    expect(found).to_have_count(3)
    expect(found.first.locator("mark.found")).to_have_text("gasket")
    found.first.click()
    expect(page.locator("#subject")).to_contain_text("Oil on the floor")
    expect(found).to_have_count(3)

    for row in page.locator(".row-list > li", has_text="Oil on the floor").all():
        row.hover()
        row.locator("[data-select]").check()
    expect(page.locator("heard-bulk")).to_contain_text("3 chosen")
    page.get_by_label("What to do with them").select_option("close")
    page.get_by_role("button", name="Apply").click()
    progress = page.locator(".bulk-progress")
    expect(progress).to_contain_text("3 done")
    page.goto("/inbox?view=search&status=closed&q=gaskets")
    expect(found).to_have_count(3)

    page.goto("/inbox?view=search&q=gaskets")
    expect(found).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_label("Choose all rows shown").check()
    expect(page.locator("heard-bulk")).to_contain_text("3 chosen")
    page.get_by_label("What to do with them").select_option("tag")
    expect(page.get_by_label("Which tag")).to_be_visible()
    page.get_by_label("What to do with them").select_option("reopen")
    page.get_by_role("button", name="Apply").click()
    expect(progress).to_contain_text("3 done")
    progress.get_by_role("button", name="Undo").click()
    expect(progress).to_contain_text("3 put back as they were")
    page.goto("/inbox?view=search&status=closed&q=gaskets")
    expect(found).to_have_count(3)


def test_a_filter_is_kept_as_a_view(screen: Callable[..., Page], house: House) -> None:
    house.send(letter("The chuck wobbles.", subject="Wobbly chuck", sender="chuck@w.example"))
    page = screen()
    page.goto("/inbox")
    expect(page.locator(".row", has_text="Wobbly chuck")).to_have_count(1)
    page.get_by_role("button", name="Filter this list").click()
    page.get_by_label("Words and fields").fill("wobbles")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_role("button", name="Filter this list").click()
    page.get_by_label("Keep this as a view").fill("Wobbly ones")
    page.get_by_role("button", name="Keep the view").click()
    place = page.locator("#rail .place", has_text="Wobbly ones")
    expect(place).to_have_text(re.compile(r"Wobbly ones\s*1"))
    house.send(letter("Mine wobbles too.", subject="Another one", sender="too@w.example"))
    expect(page.locator(".row")).to_have_count(2)
    expect(place).to_have_text(re.compile(r"Wobbly ones\s*2"))
