"""Snoozing and tagging on the pages, each with its way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from heard.accounts.models import User
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Tag

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def act(browser: Client, path: str, **fields: str) -> str:
    """The page that a form leads to."""
    return browser.post(path, fields, follow=True).content.decode()


def undo(browser: Client, page: str) -> str:
    """Press Undo on the page, as the form stands there."""
    form = re.search(r'<form class="undo" method="post" action="([^"]*)".*?</form>', page, re.S)
    assert form, "nothing to undo"
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))
    return act(browser, form[1], **fields)


@pytest.mark.parametrize(
    ("before", "path", "fields"),
    [
        ("open", "snooze", {"until": "answer"}),
        ("snoozed", "snooze", {"until": "2999"}),
        ("closed", "snooze", {"until": "answer"}),
        ("snoozed", "snooze/delete", {}),
        ("open", "closure", {}),
        ("closed", "closure/delete", {}),
        ("snoozed", "closure", {}),
        ("open", "assignment", {"user": "TOM"}),
        ("open", "tags", {"name": "refund"}),
    ],
)
def test_every_act_has_its_way_back(
    conversation: Conversation,
    agent: User,
    signed_in: SignedIn,
    before: str,
    path: str,
    fields: dict[str, str],
) -> None:
    if before == "snoozed":
        verbs.snooze(agent, conversation, timezone.now() + timedelta(days=2))
    if before == "closed":
        verbs.close(agent, conversation)
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    typed = {
        k: v.replace("2999", tomorrow).replace("TOM", str(agent.pk)) for k, v in fields.items()
    }
    kept = ("status", "snoozed_until", "assignee_id", "tag_ids")
    was = Conversation.objects.values(*kept).get()
    browser = signed_in(agent)
    page = act(browser, f"/conversations/{conversation.pk}/{path}", **typed)
    assert Conversation.objects.values(*kept).get() != was
    done = undo(browser, page)
    assert Conversation.objects.values(*kept).get() == was
    assert "Undone." in done
    assert '<button class="button button--text" data-key="Ctrl z"' not in done


def test_a_time_of_ones_own_is_meant_in_ones_own_zone(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    agent.time_zone = "Asia/Tokyo"
    agent.save()
    day = (timezone.now() + timedelta(days=3)).date()
    page = act(signed_in(agent), f"/conversations/{conversation.pk}/snooze", until=f"{day}T09:00")
    until = Conversation.objects.get().snoozed_until
    assert until == datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert "Asia/Tokyo" in page
    assert "Snoozed until" in page


@pytest.mark.parametrize("until", ["", "soon", "2020-01-01T09:00", "9999-12-31T23:59"])
def test_a_time_that_cannot_be_is_told_in_words(
    conversation: Conversation, agent: User, signed_in: SignedIn, until: str
) -> None:
    browser = signed_in(agent)
    path = f"/conversations/{conversation.pk}/snooze"
    told = browser.post(path, {"until": until}, headers={"HX-Request": "true"})
    assert told.status_code == 422
    assert told.content.decode().endswith(".")
    assert Conversation.objects.get().is_open


def test_the_line_comes_with_the_part_that_htmx_fetches(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    browser = signed_in(agent)
    path = f"/conversations/{conversation.pk}"
    browser.post(f"{path}/closure", headers={"HX-Request": "true"})
    page = browser.get(path, headers={"HX-Request": "true"}).content.decode()
    assert page.count('hx-swap-oob="innerHTML:#undo"') == 1
    again = browser.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "innerHTML:#undo" not in again


def test_what_is_typed_finds_tags_and_offers_a_new_one(
    conversation: Conversation, agent: User, signed_in: SignedIn
) -> None:
    for name in ("late delivery", "refund", "Delivery"):
        verbs.make_tag(agent, name)
    verbs.tag(agent, conversation, Tag.objects.get(name="refund"))
    browser = signed_in(agent)

    def offered(typed: str) -> list[str]:
        path = f"/conversations/{conversation.pk}/tags/choices"
        page = browser.get(path, {"name": typed}).content.decode()
        return re.findall(r'data-value="([^"]*)"', page)

    assert offered("deliv") == ["Delivery", "late delivery", "deliv"]
    assert offered("DELIVERY") == ["Delivery", "late delivery"]
    assert offered("refund") == []
    assert offered("<b>") == ["&lt;b&gt;"]


def test_the_head_shows_tags_and_why_it_is_back(
    conversation: Conversation, agent: User, receive: Receive, signed_in: SignedIn
) -> None:
    verbs.change_tags(agent, conversation, add=["<b>late</b>"])
    verbs.snooze(agent, conversation, None)
    browser = signed_in(agent)
    head = f"/conversations/{conversation.pk}/head"
    page = browser.get(head).content.decode()
    assert "Snoozed until they answer" in page
    assert "&lt;b&gt;late&lt;/b&gt;" in page
    receive("Any news?")
    assert "Back: the customer wrote" in browser.get(head).content.decode()


def test_leads_rename_and_delete_tags_and_are_told_what_it_means(
    conversation: Conversation, agent: User, lead: User, signed_in: SignedIn
) -> None:
    verbs.change_tags(agent, conversation, add=["late"])
    late = Tag.objects.get()
    browser = signed_in(lead)
    assert "late" in browser.get("/settings/tags/").content.decode()
    act(browser, f"/settings/tags/{late.pk}/", name="Late delivery")
    assert Tag.objects.get().name == "Late delivery"
    page = browser.get(f"/settings/tags/{late.pk}/deletion/").content.decode()
    assert "One conversation carries it, and loses it" in page
    act(browser, f"/settings/tags/{late.pk}/deletion/")
    assert not Tag.objects.exists()
    taken = act(browser, "/settings/tags/", name='a "b"')
    assert "quotation mark" in taken and not Tag.objects.exists()


def test_who_answers_letters_sees_no_settings_of_tags(agent: User, signed_in: SignedIn) -> None:
    assert signed_in(agent).get("/settings/tags/").status_code == 404


def test_the_palette_knows_where_one_was_and_not_where_a_stranger_was(
    conversation: Conversation, agent: User, stranger: User, admin: User, signed_in: SignedIn
) -> None:
    verbs.see(stranger, conversation)
    assert signed_in(stranger).get("/palette").json()["recent"] == []
    verbs.see(agent, conversation)
    verbs.make_tag(agent, "refund")
    told = signed_in(agent).get("/palette").json()
    assert [one["label"] for one in told["recent"]] == ["Order 1204"]
    assert told["tags"] == ["refund"]
    assert "Settings: people" not in str(told)
    assert "Settings: people" in str(signed_in(admin).get("/palette").json())
