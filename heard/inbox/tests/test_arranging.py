"""Merging, splitting and linking on the pages: chosen by typing, seen before it is done, undone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from heard.accounts.models import User
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox, Link
from heard.inbox.tests.test_tidy_pages import act, undo

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
ROSA = "Rosa Klein <rosa@klein.example>"


@pytest.fixture
def other(receive: Receive, conversation: Conversation) -> Conversation:
    """Rosa writes about the same order."""
    return receive("The same order, again.", subject="Still missing", sender=ROSA).conversation


def test_the_customers_own_stand_first_and_others_are_found_by_number_subject_and_words(
    conversation: Conversation,
    other: Conversation,
    receive: Receive,
    agent: User,
    signed_in: SignedIn,
) -> None:
    own = receive("A drill?", subject="A drill").conversation
    browser = signed_in(agent)

    def offered(typed: str) -> list[int]:
        page = browser.get(f"/conversations/{conversation.pk}/others", {"other": typed})
        return [int(pk) for pk in re.findall(r'data-value="(\d+)"', page.content.decode())]

    assert offered("") == [own.pk]
    assert offered(str(other.pk)) == [other.pk]
    assert offered(f"#{other.pk}") == [other.pk]
    assert offered("still missing") == [other.pk]
    assert offered("drill") == [own.pk]
    assert offered("from:") == []
    assert offered(str(conversation.pk)) == []


def test_what_becomes_of_both_is_shown_before_it_is_done_and_can_be_undone(
    conversation: Conversation, other: Conversation, agent: User, signed_in: SignedIn
) -> None:
    verbs.assign(agent, other, agent)
    browser = signed_in(agent)
    path = f"/conversations/{conversation.pk}/merge"
    page = browser.get(path, {"other": other.pk}).content.decode()
    for words in ("Where is my order?", "The same order, again.", "Tom Okafor has it."):
        assert words in page
    assert Conversation.objects.count() == 2
    merged = act(browser, path, other=str(other.pk), keep="this")
    assert "The same order, again." in merged
    assert "Take “Still missing” out again" in merged
    assert Conversation.objects.get().pk == conversation.pk
    undo(browser, merged)
    assert Conversation.objects.get(pk=other.pk).assignee == agent


def test_the_other_one_may_be_kept(
    conversation: Conversation, other: Conversation, agent: User, signed_in: SignedIn
) -> None:
    path = f"/conversations/{conversation.pk}/merge"
    act(signed_in(agent), path, other=f"{other.pk} Still missing", keep="other")
    assert Conversation.objects.get().pk == other.pk


def test_who_will_see_more_is_said(
    conversation: Conversation,
    receive: Receive,
    other_inbox: Inbox,
    admin: User,
    signed_in: SignedIn,
) -> None:
    bill = receive("The invoice", subject="Invoice", box=other_inbox, sender=ROSA).conversation
    path = f"/conversations/{conversation.pk}/merge"
    page = signed_in(admin).get(path, {"other": bill.pk}).content.decode()
    assert "Whoever looks after Accounts or Support sees all of it." in page


@pytest.mark.parametrize("typed", ["", "nonsense", "0", "99999999999999999999", "-1"])
def test_another_that_is_not_there_is_told_in_words(
    conversation: Conversation, agent: User, signed_in: SignedIn, typed: str
) -> None:
    browser = signed_in(agent)
    for path in ("merge", "links"):
        told = browser.post(
            f"/conversations/{conversation.pk}/{path}",
            {"other": typed},
            headers={"HX-Request": "true"},
        )
        assert told.status_code == 422
        assert "There is no such conversation" in told.content.decode()


def test_what_a_stranger_has_can_be_neither_merged_nor_linked(
    conversation: Conversation,
    receive: Receive,
    other_inbox: Inbox,
    agent: User,
    signed_in: SignedIn,
) -> None:
    bill = receive("The invoice", subject="Invoice", box=other_inbox, sender=ROSA).conversation
    browser = signed_in(agent)
    for path in ("merge", "links"):
        browser.post(f"/conversations/{conversation.pk}/{path}", {"other": bill.pk})
    assert Conversation.objects.count() == 2
    assert not Link.objects.exists()


def test_letters_are_split_off_and_brought_back(
    conversation: Conversation, receive: Receive, agent: User, signed_in: SignedIn
) -> None:
    second = receive("Do you sell planes?", subject="Re: Order 1204")
    browser = signed_in(agent)
    path = f"/conversations/{conversation.pk}/split"
    assert "Do you sell planes?" in browser.get(path).content.decode()
    page = act(browser, path, messages=str(second.pk), subject="Planes")
    made = Conversation.objects.get(subject="Planes")
    assert made.messages.get() == second
    undo(browser, page)
    assert Conversation.objects.get().messages.count() == 2


def test_a_link_stands_beside_the_letters_of_both_and_can_be_removed(
    conversation: Conversation,
    other: Conversation,
    agent: User,
    stranger: User,
    signed_in: SignedIn,
) -> None:
    browser = signed_in(agent)
    page = act(browser, f"/conversations/{conversation.pk}/links", other=str(other.pk))
    assert "Remove the link to Still missing" in page
    assert "Remove the link to Order 1204" in (
        browser.get(f"/conversations/{other.pk}/memory").content.decode()
    )
    undo(browser, page)
    assert not Link.objects.exists()


def test_the_hint_of_a_letter_is_followed_and_can_be_undone(
    conversation: Conversation, other: Conversation, agent: User, signed_in: SignedIn
) -> None:
    Conversation.objects.filter(pk=other.pk).update(may_belong_to=conversation)
    browser = signed_in(agent)
    page = act(browser, f"/conversations/{other.pk}/join")
    assert Conversation.objects.count() == 1
    undo(browser, page)
    assert Conversation.objects.count() == 2
