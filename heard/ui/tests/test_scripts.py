"""The scripts in a real browser, served from disk: no server, no network."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from heard.ui.tests.pages import CHROMIUM, SITE, from_disk, show, template

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


STANDING = template("ui/_standing.html")


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """An empty page from which functions of the scripts are called."""
    context = browser.new_context(timezone_id="Europe/London", locale="en-GB")
    page = context.new_page()
    page.route("**/*", from_disk)
    show(page, "")
    yield page
    context.close()


NOW = "2026-11-22T12:00:00Z"


@pytest.mark.parametrize(
    ("name", "at", "words"),
    [
        ("ago", "2026-11-22T11:59:40Z", "just now"),
        ("ago", "2026-11-22T11:55:00Z", "5 min ago"),
        ("ago", "2026-11-22T09:10:00Z", "3 h ago"),
        ("ago", "2026-11-21T11:00:00Z", "yesterday"),
        ("ago", "2026-11-19T11:00:00Z", "Thursday"),
        ("ago", "2026-11-02T11:00:00Z", "2 Nov"),
        ("ago", "2025-11-02T11:00:00Z", "2 Nov 2025"),
        ("due", "2026-11-22T12:20:00Z", "due in 20 min"),
        ("due", "2026-11-22T17:00:00Z", "due today 17:00"),
        ("due", "2026-11-23T12:00:00Z", "due tomorrow 12:00"),
        ("due", "2026-11-25T12:00:00Z", "due Wednesday"),
        ("due", "2026-12-25T12:00:00Z", "due 25 Dec"),
        ("due", "2026-11-22T10:00:00Z", "late by 2 h"),
        ("due", "2026-11-20T12:00:00Z", "late by 2 days"),
        ("until", "2026-11-22T17:00:00Z", "17:00"),
        ("until", "2026-11-23T09:00:00Z", "tomorrow 09:00"),
        ("until", "2026-11-25T09:00:00Z", "Wednesday 09:00"),
        ("until", "2026-12-25T09:00:00Z", "25 Dec 09:00"),
        ("until", "2026-11-20T09:00:00Z", "20 Nov 09:00"),
        ("dayLine", "2026-11-22T01:00:00Z", "Today"),
        ("dayLine", "2026-11-21T01:00:00Z", "Yesterday"),
        ("dayLine", "2026-11-03T01:00:00Z", "Tuesday 3 November"),
    ],
)
def test_times_are_said_from_where_the_reader_is(
    modules: Page, name: str, at: str, words: str
) -> None:
    call = f"""([at, now]) => import('/static/ui/js/times.js')
        .then(m => m.{name}(new Date(at), new Date(now)))"""
    assert modules.evaluate(call, [at, NOW]) == words


@pytest.mark.parametrize(
    ("topic", "topics", "heard"),
    [
        ("conversation:17", ["inbox:1", "conversation:17"], True),
        ("conversation:1", ["conversation:17"], False),
        ("inbox:*", ["inbox:4"], True),
        ("inbox:*", ["conversation:4"], False),
        ("conversation:17", ["*"], True),
    ],
)
def test_a_part_of_the_page_hears_only_its_own(
    modules: Page, topic: str, topics: list[str], heard: bool
) -> None:
    call = """([topic, topics]) => import('/static/ui/js/live.js')
        .then(m => m.hears(topic, topics))"""
    assert modules.evaluate(call, [topic, topics]) is heard


def test_a_notice_wakes_what_shows_it_and_a_lost_connection_heals_everything(page: Page) -> None:
    notice = json.dumps({"name": "message.received", "topics": ["conversation:17"]})
    streams = iter([f"retry: 50\ndata: {notice}\n\n", "retry: 60000\n: quiet\n\n"])

    def stream(route: Route) -> None:
        body = next(streams, ": quiet\n\n")
        route.fulfill(body=body, content_type="text/event-stream")

    page.route(f"{SITE}/ticket", lambda route: route.fulfill(json={"url": "/live?ticket=t"}))
    page.route(f"{SITE}/live?*", stream)
    page.add_init_script("""window.woken = [];
        document.addEventListener("live", (e) => window.woken.push(e.target.id));""")
    show(
        page,
        """<p id="this" data-live="conversation:17"></p><p id="other" data-live="inbox:2"></p>
        <div id="said"></div><p id="connection" hidden></p>
        <heard-live data-ticket-url="/ticket"></heard-live>""",
        "live",
    )
    # «this» hears the notice, and both are woken after the gap. How many wakings become one
    # fetch hangs on the clock of a busy machine, so it is not counted here.
    page.wait_for_function("window.woken.filter((id) => id === 'this').length >= 2")
    page.wait_for_function("window.woken.includes('other')")
    assert page.text_content("#said") == "A new letter has come in."


def test_whoever_is_signed_out_is_told_and_not_asked_again_and_again(page: Page) -> None:
    page.route(f"{SITE}/ticket", lambda route: route.fulfill(status=403, body=""))
    show(page, f'{STANDING}<heard-live data-ticket-url="/ticket"></heard-live>', "live")
    page.wait_for_selector("#signed-out:not([hidden])")
    assert page.is_hidden("#connection")


@pytest.mark.parametrize(("status", "told"), [(401, "#signed-out"), (403, "#signed-anew")])
def test_an_answer_to_nobody_is_told_over_the_page_and_changes_nothing(
    page: Page, status: int, told: str
) -> None:
    html = '<button hx-post="/close" hx-target="#subject">Close</button><p id="subject">Blade</p>'
    page.route(f"{SITE}/close", lambda route: route.fulfill(status=status, body="Sign in"))
    show(page, STANDING + html, "session")
    page.wait_for_function("window.htmx")
    page.click("text=Close")
    page.wait_for_selector(f"{told}:not([hidden])")
    assert page.locator("p:visible").count() == 2
    assert page.text_content("#subject") == "Blade"
    page.click(f"{told} a")
    page.wait_for_load_state()
    assert page.url == f"{SITE}/"
    assert page.is_hidden(told)


@pytest.mark.parametrize("status", [401, 422, 500])
def test_a_choice_that_was_not_taken_is_not_shown_as_if_it_were(page: Page, status: int) -> None:
    html = """<form hx-post="/assignment" hx-trigger="change" hx-swap="none"><select name="user">
        <option value="">Nobody yet</option><option value="3">Priya</option></select></form>"""
    page.route(f"{SITE}/assignment", lambda route: route.fulfill(status=status, body=""))
    show(page, STANDING + html, "session")
    page.wait_for_function("window.htmx")
    with page.expect_response(f"{SITE}/assignment"):
        page.select_option("select", "3")
    page.wait_for_function("document.querySelector('select').value === ''")


def test_a_marked_span_says_what_why_and_how_sure(page: Page) -> None:
    show(
        page,
        """<p><mark class="sign" tabindex="0" data-family="asked" data-kind="Open question"
        data-why="Begins with «how»." data-sure="Quite sure (90 %)">How does it work?</mark></p>""",
        "marks",
    )
    page.keyboard.press("Tab")
    card = page.locator("#sign-card")
    card.wait_for(state="visible")
    assert card.locator("p").all_text_contents() == [
        "Open question",
        "Begins with «how».",
        "Quite sure (90 %)",
    ]
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_a_notice_that_comes_while_a_part_is_on_its_way_is_not_lost(page: Page) -> None:
    held: list[Route] = []

    def part(words: str) -> str:
        return f"""<div id="part" data-live="conversation:17" hx-get="/part" hx-trigger="live"
            hx-swap="outerHTML">{words}</div>"""

    def answer(route: Route) -> None:
        if held:
            route.fulfill(body=part("after the second notice"))
        held.append(route)

    page.route(f"{SITE}/part", answer)
    show(page, part("as loaded"), "live")
    page.wait_for_function("window.htmx")
    hear = """import('/static/ui/js/live.js')
        .then((live) => live.hear('message.sent', ['conversation:17']))"""
    with page.expect_request(f"{SITE}/part"):
        page.evaluate(hear)
    page.evaluate(hear)
    held[0].fulfill(body=part("after the first notice"))
    page.wait_for_selector("text=after the second notice")


def test_a_refresh_between_press_and_release_does_not_swallow_the_click(page: Page) -> None:
    part = """<div id="part" data-live="inbox:1" hx-get="/part" hx-trigger="live"
        hx-swap="outerHTML"><a class="row" href="#opened">{}</a></div>"""
    page.route(f"{SITE}/part", lambda route: route.fulfill(body=part.format("A newer row")))
    show(page, part.format("A row"), "live")
    page.wait_for_function("window.htmx")
    with page.expect_response(f"{SITE}/part"):
        page.hover(".row")
        # The answer comes back while the button is down.
        page.evaluate("htmx.trigger('#part', 'live')")
        page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**/#opened")
    page.wait_for_selector("text=A newer row")


def test_words_being_written_inside_a_part_are_not_swapped_away(page: Page) -> None:
    page.route(f"{SITE}/part", lambda route: route.fulfill(body='<p id="part">fetched</p>'))
    show(
        page,
        """<div id="part" data-live="conversation:17" hx-get="/part" hx-trigger="live"
        hx-swap="outerHTML"><textarea></textarea></div>""",
        "live",
    )
    page.type("textarea", "Dear Ines")
    page.evaluate("import('/static/ui/js/live.js').then((live) => live.hear('heal', ['*']))")
    page.wait_for_timeout(700)
    assert page.input_value("textarea") == "Dear Ines"
    page.press("textarea", "Tab")
    page.wait_for_selector("text=fetched")


def row(number: int) -> str:
    about = f'data-row="{number}" data-rank="{number}.5"'
    return f'<li {about}><a class="row" href="#">Row {number}</a></li>'


def listing(numbers: list[int], more: bool) -> str:
    rows = "".join(map(row, numbers)) + ('<li id="more"></li>' if more else "")
    return f"""<div id="rows" hx-get="/rows" hx-trigger="live" hx-swap="outerHTML">
        <ol class="row-list">{rows}</ol></div>"""


def test_a_refresh_keeps_the_older_rows_someone_asked_for(page: Page) -> None:
    page.route(f"{SITE}/rows", lambda route: route.fulfill(body=listing([21, 5, 20], more=True)))
    show(page, listing([20, 19, 18, 5, 4], more=False), "list")
    page.wait_for_function("window.htmx")
    page.evaluate("htmx.trigger('#rows', 'live')")
    page.wait_for_selector("[data-row='21']")
    shown = page.locator("[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)")
    assert shown == ["21", "5", "20", "19", "18", "4"]
    assert page.locator("#more").count() == 0


@pytest.mark.parametrize(
    ("typed", "label", "fits"),
    [
        ("", "Snooze", True),
        ("sno", "Snooze: Later today", True),
        ("ass pri", "Assign to Priya Raman", True),
        ("raman assign", "Assign to Priya Raman", True),
        ("INBOX", "Go to Inbox", True),
        ("priya close", "Assign to Priya Raman", False),
        ("astpr", "Assign to Priya Raman", True),
        ("zzz", "Snooze", False),
    ],
)
def test_the_palette_finds_by_a_few_letters(
    modules: Page, typed: str, label: str, fits: bool
) -> None:
    call = """([label, words]) => import('/static/ui/js/palette.js')
        .then(m => m.fit({label, more: ''}, words, true))"""
    assert (modules.evaluate(call, [label, typed.lower().split()]) >= 0) is fits
