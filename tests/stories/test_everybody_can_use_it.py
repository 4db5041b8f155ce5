"""axe-core finds no serious or critical barrier on any page, light or dark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from django.urls import URLResolver, get_resolver
from playwright.sync_api import Page, expect

from heard.ground.tests.house import House, letter

SUBJECT = "A sticking drawer"
EVERY = "A drawer on every page"
# Views of a list that have no address of their own.
VIEWS = (
    "/inbox?view=mine&status=closed",
    "/inbox?view=all&status=snoozed",
    "/inbox?view=search&q=drawer",
    "/inbox?view=unanswered",
)
# Signing out asks first; the page for it is allauth's own and stands with the one for signing in.
APART = {"account_logout"}


def addresses(conversation: int) -> list[str]:
    """Every address that is named and asks for nothing, or for a conversation alone."""
    listed: dict[str, None] = {}
    for pattern in patterns(get_resolver().url_patterns, ""):
        route, name = pattern
        if name not in APART and not route.startswith("api/"):
            listed[re.sub(r"<int:pk>", str(conversation), route)] = None
    return [f"/{route}" for route in listed if "<" not in route and "(" not in route]


def patterns(found: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """The route and name of each pattern, those inside of others too."""
    for one in found:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route)
        elif "<int:pk>" not in route or route.startswith("conversations/"):
            yield route, str(one.name)


def is_page(page: Page, address: str) -> bool:
    """Whether it answers with a page of ours; what only takes forms, or gives files, does not."""
    answer = page.request.get(address, max_redirects=0)
    assert answer.status < 500, address
    kind = answer.headers.get("content-type", "")
    return answer.status == 200 and kind.startswith("text/html") and "<html" in answer.text()


def test_every_page(screen: Callable[..., Page], house: House) -> None:
    house.send(letter("The drawer sticks.", subject=EVERY))
    page = screen("sam")
    page.goto("/inbox")
    row = page.locator(".row", has_text=EVERY)
    number = int((row.get_attribute("href") or "").partition("?")[0].rpartition("/")[2])
    walked = [each for each in addresses(number) if is_page(page, each)]
    assert {"/inbox", "/settings/tags/", f"/conversations/{number}/merge"} <= set(walked)
    found: list[str] = []
    for address in (*walked, *VIEWS):
        page.goto(address)
        found += barriers(page)
    assert found == []


def test_menus_and_dialogs(screen: Callable[..., Page], house: House) -> None:
    subject = f"{SUBJECT} again"
    house.send(letter("The drawer still sticks.", subject=subject))
    page = screen("sam")
    page.goto("/inbox")
    page.locator(".row", has_text=subject).click()
    expect(page.locator("#subject")).to_have_text(subject)
    for key, shown in (
        ("z", "#snooze-times"),
        ("t", "#tagging"),
        (".", "#more-acts"),
        ("?", "#keys"),
        ("Control+k", "#palette"),
        ("m", "#arrange"),
    ):
        page.keyboard.press(key)
        expect(page.locator(shown)).to_be_visible()
        assert barriers(page) == [], shown
        page.keyboard.press("Escape")
        expect(page.locator(shown)).to_be_hidden()


def test_a_conversation_with_marks_and_advice(screen: Callable[..., Page], house: House) -> None:
    subject = f"{SUBJECT} and more"
    house.send(letter("I am frustrated: the drawer sticks. Can you help?", subject=subject))
    page = screen("sam")
    page.goto("/inbox")
    page.locator(".row", has_text=subject).click()
    expect(page.locator("#thread mark.sign").first).to_be_visible()
    page.get_by_label("Your words").press_sequentially("Calm down.")
    expect(page.locator("#coach summary").first).to_be_visible()
    assert barriers(page) == []
    page.locator("#thread mark.sign").first.focus()
    expect(page.locator("#sign-card")).to_be_visible()
    assert barriers(page) == []


def test_signing_in(screen: Callable[..., Page]) -> None:
    page = screen(None)
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert barriers(page) == []


def barriers(page: Page) -> list[str]:
    """The serious and critical findings of axe-core: rule, and the first element it names.

    In the dark only colours differ, so only contrast is looked at again.
    """
    contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    return [*findings(page, "light", {}), *findings(page, "dark", contrast)]


def findings(page: Page, scheme: Literal["light", "dark"], rules: dict[str, Any]) -> list[str]:
    """What axe-core says of the page as it stands, in this scheme."""
    page.emulate_media(color_scheme=scheme)
    # What is still fading in has too little contrast for a moment.
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    # Without preload axe fetches no style sheets of its own, which the content policy would refuse.
    options = {"preload": False, "resultTypes": ["violations"], **rules}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url} ({scheme}): {one['help']}: {one['nodes'][0]['html']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
