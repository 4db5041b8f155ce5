"""The scripts in a real browser, served from disk: no server, no network."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace as Thing

import django_htmx
import pytest
from django.template import engines
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

STATIC = Path(__file__).parents[1] / "static"
HTMX = Path(django_htmx.__file__).parent / "static"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
SITE = "http://heard.test"
HEAD = """<!DOCTYPE html><html lang="en"><meta charset="utf-8">
<script src="/static/django_htmx/htmx-2.min.js"></script>"""
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """An empty page from which functions of the scripts are called."""
    context = browser.new_context(timezone_id="Europe/London", locale="en-GB")
    page = context.new_page()
    page.route("**/*", from_disk)
    show(page, "")
    yield page
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(timezone_id="Europe/London", locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(5000)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.route("**/*", from_disk)
    yield page
    context.close()
    assert faults == []


def from_disk(route: Route) -> None:
    path = route.request.url.removeprefix(f"{SITE}/static/")
    for root in (STATIC, HTMX):
        if (root / path).is_file():
            kind = KINDS[Path(path).suffix]
            return route.fulfill(body=(root / path).read_bytes(), content_type=kind)
    return route.fulfill(status=404, body="")


def show(page: Page, html: str, *scripts: str) -> None:
    tags = "".join(
        f'<script type="module" src="/static/ui/js/{name}.js"></script>' for name in scripts
    )
    body = f"{HEAD}<body>{html}{tags}</body>"
    page.route(f"{SITE}/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{SITE}/")


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
    page.wait_for_function("window.woken.length >= 4")
    # At the start, at the notice and after the gap: what came in one short while is one fetch.
    assert page.evaluate("window.woken.slice(0, 2)") == ["this", "other"]
    assert sorted(page.evaluate("window.woken.slice(2, 4)")) == ["other", "this"]
    assert page.text_content("#said") == "A new letter has come in."


def test_whoever_is_signed_out_is_told_and_not_asked_again_and_again(page: Page) -> None:
    page.route(f"{SITE}/ticket", lambda route: route.fulfill(status=403, body=""))
    html = '<p id="connection" hidden></p><heard-live data-ticket-url="/ticket"></heard-live>'
    show(page, html, "live")
    page.wait_for_selector("#connection:not([hidden])")
    assert "signed out" in (page.text_content("#connection") or "")


def test_a_marked_span_says_what_why_and_how_sure(page: Page) -> None:
    show(
        page,
        """<p><mark class="sign" tabindex="0" data-family="asked" data-kind="open_question"
        data-why="Begins with «how»." data-score="0.9">How does it work?</mark></p>""",
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


def composer(person: int = 3) -> str:
    contact = Thing(first_name="Ines", name="Ines Duarte")
    shown = {
        "conversation": Thing(id=17, contact=contact, inbox=Thing(quote_history=True)),
        "sender": "support@larkfield.example",
        "recipients": [{"email": "ines@duarte.example", "name": "Ines Duarte"}],
        "may_send": True,
        "request": Thing(user=Thing(id=person)),
        "send_problem": "",
    }
    html: str = engines["jinja2"].get_template("inbox/_composer.html").render(shown)
    return f'<link rel="stylesheet" href="/static/ui/css/app.css"><ol id="thread"></ol>{html}'


def test_a_draft_outlives_the_page_and_goes_when_it_was_sent(page: Page) -> None:
    answer = '<ol id="thread"><li>sent</li></ol>'
    page.route(f"{SITE}/conversations/17/advice", lambda route: route.fulfill(body=""))
    page.route(f"{SITE}/conversations/17/messages", lambda route: route.fulfill(body=answer))
    show(page, composer(), "composer")
    page.fill("#draft", "Dear Ines, the blade is on its way.")
    page.reload()
    assert page.input_value("#draft") == "Dear Ines, the blade is on its way."
    page.press("#draft", "Control+Enter")
    page.wait_for_selector("#thread li")
    assert page.input_value("#draft") == ""
    page.reload()
    assert page.input_value("#draft") == ""


def key_of(request: Request) -> str:
    found = re.search(r'name="key"\s+([\w-]+)', request.post_data or "")
    assert found
    return found[1]


def test_the_same_words_sent_again_after_a_lost_answer_carry_the_same_key(page: Page) -> None:
    keys: list[str] = []

    def lost(route: Route) -> None:
        keys.append(key_of(route.request))
        if len(keys) < 3:
            return route.abort()
        return route.fulfill(body=f'<ol id="thread"><li class="n{len(keys)}">sent</li></ol>')

    page.route(f"{SITE}/conversations/17/messages", lost)
    show(page, composer(), "composer")
    page.click("text=Note")
    for words, sent in (("Ask Ada.", 1), ("Ask Ada.", 2), ("Ask Ada today.", 3), ("Next.", 4)):
        page.fill("#draft", words)
        with page.expect_request_finished() if sent > 2 else page.expect_event("requestfailed"):
            page.click("#send")
        page.wait_for_selector("[data-problem]:not([hidden])" if sent < 3 else f"#thread .n{sent}")
        page.wait_for_selector("#send:enabled")
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_the_line_says_whom_the_letter_goes_to(page: Page) -> None:
    answer = '<ol id="thread"><li>sent</li></ol>'
    page.route(f"{SITE}/conversations/17/advice", lambda route: route.fulfill(body=""))
    page.route(f"{SITE}/conversations/17/messages", lambda route: route.fulfill(body=answer))
    show(page, composer(), "composer")
    page.click("#route summary")
    page.fill("[name=to]", "workshop@duarte.example")
    assert page.text_content("[data-route-to]") == "workshop@duarte.example"
    page.fill("#draft", "Dear all, it left today.")
    page.click("#send")
    page.wait_for_selector("#thread li")
    assert page.input_value("[name=to]") == "ines@duarte.example"
    assert page.text_content("[data-route-to]") == "Ines Duarte"


def test_the_next_person_at_a_device_sees_no_draft_of_the_last(page: Page) -> None:
    leave = '<form data-person-leaves="3" action="/" method="get"><button>Sign out</button></form>'
    page.route(f"{SITE}/conversations/17/advice", lambda route: route.fulfill(body=""))
    show(page, composer(3) + leave, "composer")
    page.fill("#draft", "Between us: the blade is late.")
    show(page, composer(4), "composer")
    assert page.input_value("#draft") == ""
    show(page, composer(3) + leave, "composer")
    assert page.input_value("#draft") == "Between us: the blade is late."
    page.evaluate(
        "document.querySelector('[data-person-leaves]').addEventListener('submit', "
        "(event) => event.preventDefault())"
    )
    page.click("text=Sign out")
    show(page, composer(3), "composer")
    assert page.input_value("#draft") == ""


def test_a_refusal_is_said_beside_the_words_and_keeps_them(page: Page) -> None:
    page.route(
        f"{SITE}/conversations/17/messages",
        lambda route: route.fulfill(
            status=422, content_type="text/plain", body="One of the addresses can't be read."
        ),
    )
    show(page, composer(), "composer")
    page.click("text=Note")
    page.fill("#draft", "Ask the workshop first.")
    page.click("#send")
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert page.text_content("[data-problem]") == "One of the addresses can't be read."
    assert page.input_value("#draft") == "Ask the workshop first."


def test_only_the_last_words_of_a_reply_are_read_by_the_coach(page: Page) -> None:
    bodies: list[str] = []

    def advise(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.fulfill(body="<p>Ready to send</p>")

    page.route(f"{SITE}/conversations/17/advice", advise)
    show(page, composer(), "composer")
    page.type("#draft", "Thanks")
    page.wait_for_selector("#coach p")
    assert bodies == ["text=Thanks"]


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
    at = f"2026-11-{number:02}T10:00:00Z"
    return f'<li data-row="{number}" data-at="{at}"><a class="row" href="#">Row {number}</a></li>'


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


def test_the_filter_hides_what_does_not_match(page: Page) -> None:
    html = '<input id="filter">' + listing([21, 20], more=False)
    show(page, html + '<p id="none-match" hidden>Nothing</p>', "list")
    page.fill("#filter", "row 21")
    assert page.locator("[data-row]:visible").count() == 1
    page.fill("#filter", "lathe")
    assert page.locator("#none-match").is_visible()


def letters(heights: list[int], *, fold: str = "") -> str:
    """The letters of a conversation in a place 300 px high."""
    every = "".join(
        f'<li class="letter"><svg width="9" height="{height}"></svg></li>' for height in heights
    )
    return f"""<div id="thread" class="thread" data-live="conversation:17" hx-get="/thread"
        hx-trigger="live" hx-target="this" hx-select="#thread" hx-swap="outerHTML">
        <ol>{every}</ol>{fold}</div>"""


def desk(thread: str, memory: str = "") -> str:
    return f"""<div id="desk"><section id="conversation" data-conversation="17">{thread}</section>
        <aside id="memory" data-live="conversation:17" hx-get="/memory" hx-trigger="live"
        hx-target="this" hx-select="#memory" hx-swap="outerHTML">{memory}</aside></div>"""


BELOW = """() => { const t = document.getElementById('thread');
    return Math.round(t.scrollHeight - t.clientHeight - t.scrollTop) }"""
REFRESH = "for (const id of ['thread', 'memory']) htmx.trigger('#' + id, 'live')"


def opened(page: Page, thread: str, memory: str = "") -> None:
    """The desk with its scripts, after both of its parts were fetched again at once."""
    whole = desk(thread, memory)
    page.route(f"{SITE}/thread", lambda route: route.fulfill(body=whole))
    page.route(f"{SITE}/memory", lambda route: route.fulfill(body=whole))
    page.add_init_script(
        """window.settled = 0;
        document.addEventListener("htmx:afterSettle", () => window.settled++);"""
    )
    show(page, f"<style>#thread {{ height: 300px; overflow-y: auto }}</style>{whole}", "thread")
    page.wait_for_function("window.htmx")


def test_a_conversation_stays_at_its_newest_letter_when_all_parts_refresh(page: Page) -> None:
    opened(page, letters([400, 400, 120]))
    assert page.evaluate(BELOW) == 0
    page.evaluate(REFRESH)
    page.wait_for_function("window.settled >= 2")
    assert page.evaluate(BELOW) == 0


def test_a_newest_letter_taller_than_the_view_is_shown_from_its_start(page: Page) -> None:
    opened(page, letters([400, 900]))
    before = page.evaluate(BELOW)
    assert 550 < before < 700
    page.evaluate(REFRESH)
    page.wait_for_function("window.settled >= 2")
    assert page.evaluate(BELOW) == before


def test_folds_stay_open_when_all_parts_refresh(page: Page) -> None:
    fold = "<details id='{}'><summary>{}</summary>words</details>"
    opened(page, letters([100], fold=fold.format("quoted-1", "Earlier")), fold.format("why", "Why"))
    page.click("text=Earlier")
    page.click("text=Why")
    page.evaluate(REFRESH)
    page.wait_for_function("window.settled >= 2")
    assert page.locator("details[open]").count() == 2
