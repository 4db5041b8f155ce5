"""A real browser in a running Heard: the people, their screens, and the customer's post office."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

from heard.channels.tests.post import Post
from heard.ground.tests.house import PASSWORD, House, free_port, open_house
from heard.ui.tests.pages import CHROMIUM, FLAGS

NO_BROWSER = "NO CHROMIUM WAS FOUND: THE STORIES WERE NOT TOLD. Install chromium first."
WAIT_MS = 15_000
# What a story waits for comes at once on a quiet machine, and in seconds on one that others use.
expect.set_options(timeout=WAIT_MS)
# htmx calls it an error where a further letter typed overtakes the question on its way.
SUPERSEDED = ("htmx:sendAbort", "htmx:afterRequest")

Screen = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly when the stories were skipped."""
    if CHROMIUM is None:
        terminalreporter.write_line(NO_BROWSER, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser. Without one the stories are skipped, which CI takes for a failure."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def post() -> Post:
    """The customers' post office: what Heard sends lies in post.taken."""
    return Post()


@pytest.fixture(scope="session")
def relay(post: Post) -> Iterator[str]:
    """Where the post office stands, as HEARD_RELAY is told."""
    # In a thread of its own, because Playwright keeps this one's event loop.
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, relay: str) -> Iterator[House]:
    """Heard, running, with Sam, Priya and the inbox of Support; its letters leave to `post`."""
    with open_house(tmp_path_factory.mktemp("house"), HEARD_RELAY=relay) as running:
        running.furnish()
        yield running


@pytest.fixture(scope="session")
def sign_in() -> SignIn:
    """sign_in(page, "sam"): by the form, as anybody would."""

    def by_the_form(page: Page, person: str) -> None:
        page.goto("/")
        page.get_by_label("Email").fill(f"{person}@larkfield.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/inbox")

    return by_the_form


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, house: House, sign_in: SignIn) -> Callable[[str], StorageState]:
    """The cookies of a person who has signed in, once for all stories."""
    known: dict[str, StorageState] = {}

    def cookies(person: str) -> StorageState:
        if person not in known:
            context = chromium.new_context(base_url=house.web)
            sign_in(context.new_page(), person)
            known[person] = context.storage_state()
            context.close()
        return known[person]

    return cookies


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; the story fails unless it is empty at the end."""
    return []


@pytest.fixture
def screen(
    chromium: Browser,
    house: House,
    signed_in: Callable[[str], StorageState],
    complaints: list[str],
) -> Iterator[Screen]:
    """A screen and the person before it: screen("sam"), screen("priya", width=390)."""
    open_screens: list[BrowserContext] = []

    def sit_down(
        person: str | None = "sam", *, width: int = 1440, scheme: str = "light", touch: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=house.web,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            has_touch=touch,
            storage_state=signed_in(person) if person else None,
        )
        open_screens.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        listen(page, complaints)
        return page

    yield sit_down
    for context in open_screens:
        context.close()
    assert complaints == []


def listen(page: Page, complaints: list[str]) -> None:
    """Note errors of scripts and of the content policy on this page."""

    def failed(error: Error) -> None:
        complaints.append(str(error))

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(SUPERSEDED):
            complaints.append(f"{message.text} ({message.location['url']})")

    page.on("pageerror", failed)
    page.on("console", said)
