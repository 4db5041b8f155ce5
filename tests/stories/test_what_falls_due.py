"""A service level counts down over the letters, and its breach is told before it happens."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

SUBJECT = "The kiln trips the fuse"
CUSTOMER = "Vera Holm <vera@holm.example>"
# What the job of each minute does; a story need not wait for the minute to come.
TELL = "import django; django.setup(); from heard.levels import verbs; print(verbs.tell_due())"


def test_a_breach_is_told_live_before_it_happens(screen: Callable[..., Page], house: House) -> None:
    sam = screen("sam")
    sam.goto("/settings/levels/")
    sam.get_by_role("link", name="Add a policy").click()
    sam.get_by_label("Name").fill("Potters")
    sam.get_by_label("Applies to").fill("from:vera@holm.example")
    sam.get_by_label("First answer within").fill("30 min")
    sam.get_by_label("Day and night").check()
    sam.get_by_label("Tell at least so long before").fill("30 min")
    expect(sam.locator("#fits")).to_contain_text("fits 0 open conversations")
    sam.get_by_role("button", name="Save").click()
    expect(sam.get_by_text("First answer within 30 min, day and night.")).to_be_visible()

    sam.goto("/inbox")
    house.send(letter("It trips as soon as I switch it on.", subject=SUBJECT, sender=CUSTOMER))
    row = sam.locator(".row", has_text=SUBJECT)
    expect(row.locator(".owed--level")).to_contain_text("due in")
    row.click()
    level = sam.locator("#level .level")
    expect(level).to_contain_text("First answer due in")
    expect(level).to_contain_text("Potters")
    expect(sam.locator("#level .level--soon")).to_have_count(0)
    sam.get_by_label("Assigned to").select_option(label="Sam Whitlock (you)")
    expect(sam.locator("#undo")).to_contain_text("Given to Sam Whitlock")

    priya = screen("priya")
    priya.goto(sam.url)
    sam.goto("/inbox")
    expect(row).to_be_visible()
    house.run("-c", TELL)
    expect(priya.locator("#level .level--soon")).to_be_visible()
    expect(sam.locator("#bell")).to_contain_text("1")

    row.click()
    expect(sam.locator("#level .level--soon")).to_be_visible()
    sam.get_by_label("Your words").fill("Please unplug it. I will call you within the hour.")
    sam.get_by_role("button", name="Send", exact=True).click()
    expect(level).to_have_count(0)
    expect(sam.locator("#memory")).to_contain_text("First answer")
