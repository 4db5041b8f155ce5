"""The composer in a real browser: drafts, retries, whom a letter goes to."""

from __future__ import annotations

import re
from types import SimpleNamespace as Thing
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route

from heard.ui.tests.pages import CHROMIUM, SITE, show, template

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


def composer(person: int = 3) -> str:
    contact = Thing(first_name="Ines", name="Ines Duarte")
    shown = {
        "conversation": Thing(id=17, contact=contact, inbox=Thing(quote_history=True)),
        "sender": "support@larkfield.example",
        "recipients": [{"email": "ines@duarte.example", "name": "Ines Duarte"}],
        "may_send": True,
        "size_limit": 2_000_000,
        "request": Thing(user=Thing(id=person)),
        "send_problem": "",
    }
    parts = template("ui/_standing.html") + template("inbox/_composer.html", **shown)
    return f'<link rel="stylesheet" href="/static/ui/css/app.css"><ol id="thread"></ol>{parts}'


def paper(name: str) -> Any:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF"}


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
    page.fill("[name=cc]", "ana@duarte.example")
    assert page.inner_text(".route-line").endswith(
        "workshop@duarte.example, copy ana@duarte.example from support@larkfield.example"
    )
    page.fill("#draft", "Dear all, it left today.")
    page.click("#send")
    page.wait_for_selector("#thread li")
    assert page.input_value("[name=to]") == "ines@duarte.example"
    assert page.text_content("[data-route-to]") == "Ines Duarte"
    assert page.is_hidden(".route-copies")


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


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, "You are signed out.", "You are signed out. Sign in again"),
        (403, "<h1>The form was open for too long</h1>", "under an earlier sign-in"),
        (200, "<main><h1>Sign in</h1></main>", "did not reach the server"),
    ],
)
def test_a_letter_nobody_took_is_there_after_signing_in_again(
    page: Page, status: int, body: str, told: str
) -> None:
    page.route(
        f"{SITE}/conversations/17/messages",
        lambda route: route.fulfill(status=status, content_type="text/html", body=body),
    )
    show(page, composer(), "session", "composer")
    page.click("text=Note")
    page.fill("#draft", "Ask the workshop first.")
    # Signing out in another tab forgets the drafts.
    page.evaluate("localStorage.clear()")
    page.click("#send")
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert told in (page.text_content("[data-problem]") or "")
    assert page.locator("#thread").count() == 1
    assert page.input_value("#draft") == "Ask the workshop first."
    page.reload()
    assert page.input_value("#draft") == "Ask the workshop first."


def test_files_too_large_are_named_before_they_are_sent(page: Page) -> None:
    sent: list[str] = []
    page.route(f"{SITE}/conversations/17/messages", lambda route: sent.append(route.request.url))
    show(page, composer(), "composer")
    page.click("text=Note")
    page.fill("#draft", "The film of the lathe.")
    film = {"name": "lathe.mp4", "mimeType": "video/mp4", "buffer": b"x" * 2_500_000}
    page.set_input_files("[name=files]", film)  # type: ignore[arg-type]
    problem = page.locator("[data-problem]")
    assert problem.text_content() == "“lathe.mp4” is too large: 2.5 MB of at most 2 MB."
    page.click("#send")
    assert sent == []
    page.click("text=×")
    assert problem.is_hidden()


def refuse(page: Page) -> None:
    """Whatever is sent from here on comes back."""
    page.route(
        f"{SITE}/conversations/17/messages",
        lambda route: route.fulfill(status=422, content_type="text/plain", body="No such address."),
    )


def test_nothing_is_called_ready_while_something_stands_in_its_way(page: Page) -> None:
    page.route(
        f"{SITE}/conversations/17/advice",
        lambda route: route.fulfill(
            body=template("coaching/_advice.html", draft="Thanks", ready=True)
        ),
    )
    refuse(page)
    show(page, composer(), "composer")
    page.type("#draft", "Thanks")
    page.wait_for_selector("text=Ready to send")
    page.click("#send")
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert page.is_hidden("text=Ready to send")


def test_only_the_last_words_of_a_reply_are_read_by_the_coach(page: Page) -> None:
    bodies: list[str] = []

    def advise(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.fulfill(body="<p>Ready to send</p>")

    page.route(f"{SITE}/conversations/17/advice", advise)
    show(page, composer(), "composer")
    page.type("#draft", "Thanks")
    page.wait_for_selector("#coach p")
    assert bodies == ["text=Thanks&to=ines%40duarte.example"]


def test_a_note_does_not_become_a_letter_by_a_click(page: Page) -> None:
    answer = '<ol id="thread"><li>kept</li></ol>'
    page.route(f"{SITE}/conversations/17/advice", lambda route: route.fulfill(body=""))
    page.route(f"{SITE}/conversations/17/messages", lambda route: route.fulfill(body=answer))
    show(page, composer(), "composer")
    page.fill("#draft", "Dear Ines, the blade left today.")
    page.click("text=Note")
    assert page.input_value("#draft") == ""
    page.fill("#draft", "She is difficult.")
    page.set_input_files("[name=files]", paper("margin.ods"))
    page.click("text=Reply")
    assert page.input_value("#draft") == "Dear Ines, the blade left today."
    assert page.is_hidden(".composer-files")
    page.reload()
    assert page.input_value("#draft") == "Dear Ines, the blade left today."
    page.click("#route summary")
    page.fill("[name=to]", "workshop@duarte.example")
    page.click("text=Note")
    assert page.input_value("#draft") == "She is difficult."
    page.click("#send")
    page.wait_for_selector("#thread li")
    assert page.is_checked("[value=reply]")
    assert page.input_value("#draft") == "Dear Ines, the blade left today."
    assert page.input_value("[name=to]") == "workshop@duarte.example"
    page.click("text=Note")
    assert page.input_value("#draft") == ""


def test_a_draft_kept_by_the_version_before_is_still_there(page: Page) -> None:
    show(page, composer(), "composer")
    page.evaluate(
        "localStorage.setItem('heard:draft:3:17', "
        "JSON.stringify({text: 'Ask Ada.', kind: 'note', at: Date.now()}))"
    )
    page.reload()
    assert page.is_checked("[value=note]")
    assert page.input_value("#draft") == "Ask Ada."


def test_files_that_a_reload_takes_away_are_named(page: Page) -> None:
    page.route(f"{SITE}/conversations/17/advice", lambda route: route.fulfill(body=""))
    show(page, composer(), "composer")
    page.fill("#draft", "The offer is with this letter.")
    assert page.text_content("[data-kept]") == "Draft kept on this device"
    page.set_input_files("[name=files]", paper("offer.pdf"))
    assert "files only while this page is open" in (page.text_content("[data-kept]") or "")
    page.reload()
    page.type("#draft", " ")
    told = page.text_content("[data-kept]")
    assert told == "Words kept on this device; attach again: offer.pdf"
    page.set_input_files("[name=files]", paper("offer.pdf"))
    page.click("text=×")
    assert page.text_content("[data-kept]") == "Draft kept on this device"


def test_a_file_name_is_shown_as_it_ends(page: Page) -> None:
    show(page, composer(), "composer")
    page.set_input_files("[name=files]", paper("photo of \u202egpj.exe"))
    assert page.text_content(".composer-files bdi") == "photo of gpj.exe"
    assert page.get_attribute(".composer-files button", "aria-label") == (
        "Take photo of gpj.exe away"
    )


def test_what_was_refused_is_not_held_against_the_mended_letter(page: Page) -> None:
    page.route(f"{SITE}/conversations/17/advice", lambda route: route.fulfill(body=""))
    refuse(page)
    show(page, composer(), "composer")
    page.fill("#draft", "Dear Ines")
    page.click("#send")
    page.wait_for_selector("[data-problem]:not([hidden])")
    page.click("#route summary")
    page.fill("[name=to]", "ines@duarte.example, ana@duarte.example")
    assert page.is_hidden("[data-problem]")


DRAFT = f"{SITE}/conversations/17/draft"


def quiet_coach(page: Page) -> None:
    page.route(f"{SITE}/conversations/17/advice", lambda route: route.fulfill(body=""))


def test_words_after_a_file_belong_to_the_draft_that_began_with_it(page: Page) -> None:
    quiet_coach(page)
    stored = {"id": 1, "name": "offer.pdf", "size": 4, "version": 1}
    page.route(f"{DRAFT}/files", lambda route: route.fulfill(json=stored))
    page.route(DRAFT, lambda route: route.fulfill(json={"version": 2}))
    show(page, composer(), "composer")
    with page.expect_response(f"{DRAFT}/files"):
        page.set_input_files("[name=files]", paper("offer.pdf"))
    with page.expect_request(DRAFT) as kept:
        page.fill("#draft", "The offer is with this letter.")
    assert "version=1&" in (kept.value.post_data or "")


def test_a_draft_that_the_server_could_not_keep_is_saved_again_by_itself(page: Page) -> None:
    quiet_coach(page)
    tries: list[Route] = []

    def stumble(route: Route) -> None:
        tries.append(route)
        route.fulfill(status=503 if len(tries) == 1 else 200, json={"version": 1})

    page.route(DRAFT, stumble)
    show(page, composer(), "composer")
    page.fill("#draft", "Dear Ines")
    page.wait_for_function(
        "() => { dispatchEvent(new Event('online'));"
        " return document.querySelector('[data-kept]').textContent === 'Draft saved'; }"
    )
    assert len(tries) == 2


def test_a_letter_says_from_which_draft_it_grew_once_that_is_saved(page: Page) -> None:
    quiet_coach(page)
    saves: list[Route] = []
    answer = '<ol id="thread"><li>sent</li></ol>'
    page.route(DRAFT, lambda route: saves.append(route))
    page.route(f"{SITE}/conversations/17/messages", lambda route: route.fulfill(body=answer))
    show(page, composer(), "composer")
    with page.expect_request(DRAFT):
        page.fill("#draft", "Dear Ines")
    page.press("#draft", "Control+Enter")
    with page.expect_request(f"{SITE}/conversations/17/messages") as sent:
        saves[0].fulfill(json={"version": 3})
    assert re.search(r'name="version"\s+3\b', sent.value.post_data or "")
    page.wait_for_selector("#thread li")
