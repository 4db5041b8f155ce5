"""The whole way of a letter: it comes in, is read, is answered, and the answer is answered."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import EmailMessage

from playwright.sync_api import Locator, Page, expect

from heard.channels.tests.post import Post
from heard.ground.tests.house import House, letter, soon

SUBJECT = "Bandsaw blade snapped again"
WORDS = """Hello,

the blade of our bandsaw snapped again this morning and I am really frustrated.

When will the new blade arrive? And which tension should we set it to?

Thank you,
Inês
"""
ANSWER = """Dear Inês,

I am sorry that the blade snapped again. A new one leaves us today, and I will call you
by **Friday**.

Tom says a tension of 120 is right.
"""
ASKED = "When will the new blade arrive?"


def test_a_letter_comes_in_is_read_and_is_answered(
    screen: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    house: House,
    post: Post,
) -> None:
    page = screen(None)
    sign_in(page, "sam")
    page.evaluate("window.neverReloaded = true")

    mail = letter(WORDS, subject=SUBJECT)
    house.send(mail)
    row = page.locator(".row", has_text=SUBJECT)
    expect(row).to_be_visible()
    row.click()
    expect(page.locator("#thread .letter--inbound .words")).to_contain_text("snapped again")

    see_what_was_heard(page)
    write_the_answer(page)
    sent = the_letter_that_left(post, mail)

    house.send(letter("Friday is fine.", subject=f"Re: {SUBJECT}", answers=sent["Message-ID"]))
    expect(page.locator("#thread .letter--inbound")).to_have_count(2)
    expect(page.locator("#thread")).to_contain_text("Friday is fine.")
    assert page.evaluate("window.neverReloaded") is True


def see_what_was_heard(page: Page) -> None:
    """The words are marked, a hand or a key on them tells why, and the asks stand beside."""
    asked = page.locator("#thread mark.sign[data-family=asked]", has_text=ASKED).first
    expect(asked).to_be_visible()
    card = page.locator("#sign-card")
    until_told(card, asked, asked.hover)
    page.mouse.move(0, 0)
    expect(card).to_be_hidden()
    felt = page.locator("#thread mark.sign[data-family=felt]").first
    until_told(card, felt, felt.focus)
    expect(page.locator("#memory .owing", has_text=ASKED)).to_contain_text("Open")


def until_told(card: Locator, mark: Locator, touch: Callable[[], None]) -> None:
    """Touch a mark as a person would: again when the page drew it anew under the hand."""
    why = mark.get_attribute("data-why") or "no reason"
    for _ in range(4):
        mark.page.mouse.move(0, 0)
        touch()
        with suppress(AssertionError):
            expect(card).to_contain_text(why, timeout=1500)
            return
    expect(card).to_contain_text(why)


def write_the_answer(page: Page) -> None:
    """The coach says something about a poor draft; the better one is sent."""
    draft = page.get_by_label("Your words")
    draft.press_sequentially("Calm down. You should have set the tension.")
    expect(page.locator("#coach summary").first).to_be_visible()
    draft.fill(ANSWER)
    page.get_by_role("button", name="Send", exact=True).click()
    ours = page.locator("#thread .letter--outbound")
    expect(ours).to_contain_text("A new one leaves us today")
    expect(ours.locator(".way--sent")).to_be_visible()
    expect(draft).to_have_value("")


def the_letter_that_left(post: Post, answered: EmailMessage) -> EmailMessage:
    """What reached the customer's post office, in the right thread and in both forms."""
    assert soon(lambda: any(letters_taken(post)))
    (sent,) = letters_taken(post)
    assert sent["In-Reply-To"] == answered["Message-ID"]
    assert answered["Message-ID"] in sent["References"].split()
    assert re.fullmatch(r"<hrd\.[^@]+@larkfield\.example>", sent["Message-ID"])
    assert sent["Subject"] == f"Re: {SUBJECT}"
    plain, html = sent.get_body(("plain",)), sent.get_body(("html",))
    assert plain is not None and html is not None
    assert "A new one leaves us today" in plain.get_content()
    assert "<strong>Friday</strong>" in html.get_content()
    return sent


def letters_taken(post: Post) -> Iterator[EmailMessage]:
    """Those of this story among the letters that left."""
    for taken in post.taken:
        sent = email.message_from_bytes(taken.content, policy=email.policy.default)
        if SUBJECT in sent["Subject"]:
            yield sent
