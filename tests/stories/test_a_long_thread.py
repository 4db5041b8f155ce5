"""A long conversation opens at its end; what came before is a click or a link away."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

SUBJECT = "A planer with a long story"
# Sixty notes after the letter, as a year of work leaves them.
MAKE = f"""
import django; django.setup()
from datetime import timedelta
from heard.inbox.models import Conversation, Message
one = Conversation.objects.get(subject={SUBJECT!r})
Message.objects.bulk_create(
    Message(conversation=one, kind="note", user_id=1, author_name="Sam Whitlock",
        text=f"Note {{number}}", at=one.opened_at + timedelta(minutes=number))
    for number in range(1, 61)
)
print(one.messages.earliest("at").pk)
"""


def test_earlier_letters_come_when_asked_for_and_by_their_links(
    screen: Callable[..., Page], house: House
) -> None:
    house.send(letter("It snipes at both ends.", subject=SUBJECT))
    sam = screen("sam")
    sam.goto("/inbox")
    row = sam.locator(".row", has_text=SUBJECT)
    expect(row).to_be_visible()
    first = house.run("-c", MAKE).strip().splitlines()[-1]

    row.click()
    letters = sam.locator("#thread .letter")
    expect(letters).to_have_count(30)
    expect(letters.last).to_be_in_viewport()

    top = sam.locator("#thread .letter", has_text="Note 31").first
    sam.locator("#thread").evaluate("place => { place.scrollTop = 0; }")
    sam.get_by_role("button", name="Show earlier letters").click()
    expect(letters).to_have_count(61)
    expect(top).to_be_in_viewport()
    expect(sam.get_by_role("button", name="Show earlier letters")).to_have_count(0)

    sam.goto(f"{sam.url.partition('#')[0]}#message-{first}")
    sam.reload()
    expect(letters).to_have_count(61)
    expect(sam.locator(f"#message-{first}")).to_be_in_viewport()
