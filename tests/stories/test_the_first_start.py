"""The first start: the printed link leads to the first admin and the first inbox."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from heard.ground.tests.house import INBOX, PASSWORD, House, letter, open_house


@pytest.fixture
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Heard as it is after its first start: nobody works here."""
    with open_house(tmp_path_factory.mktemp("new")) as house:
        yield house


@pytest.fixture
def page(chromium: Browser, new_house: House) -> Iterator[Page]:
    """A browser that has never been here."""
    context = chromium.new_context(base_url=new_house.web)
    yield context.new_page()
    context.close()


def test_the_printed_link_makes_the_first_admin_and_the_first_inbox(
    page: Page, new_house: House
) -> None:
    page.goto("/inbox")
    expect(page.get_by_role("heading")).to_have_text("The set-up link is needed")

    link = re.search(r"http://\S+/setup/\S+", new_house.log())
    assert link is not None
    page.goto(link[0])
    page.get_by_label("Your name").fill("Sam Whitlock")
    page.get_by_label("Your email address").fill("sam@larkfield.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    page.get_by_label("Name", exact=True).fill("Support")
    page.get_by_label("Address", exact=True).fill(INBOX)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Support")

    page.goto("/inbox")
    new_house.send(letter("Is anybody there?", subject="The very first letter"))
    expect(page.locator(".row", has_text="The very first letter")).to_be_visible(timeout=15_000)

    page.context.clear_cookies()
    page.goto(link[0])
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
