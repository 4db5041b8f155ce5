"""Undo takes back one's own act, and never what a colleague has done since."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from heard.accounts.models import User
from heard.inbox import verbs
from heard.inbox.models import Conversation

pytestmark = pytest.mark.django_db


def undo(client: Client, page: bytes) -> str:
    """Press Undo on a page, and give the page after it."""
    form = re.search(r'<form class="undo".*? action="([^"]+)".*?</form>', page.decode(), re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    return client.post(form[1], fields, follow=True).content.decode()


@pytest.mark.parametrize("between", [False, True])
def test_an_assignment_is_taken_back_unless_it_has_changed(
    conversation: Conversation, agent: User, team_mate: User, lead: User, signed_in, between: bool
) -> None:
    client = signed_in(agent)
    path = f"/conversations/{conversation.pk}/assignment"
    page = client.post(path, {"user": team_mate.pk}, follow=True).content
    if between:
        verbs.assign(team_mate, conversation, lead)
    after = undo(client, page)
    conversation.refresh_from_db()
    assert conversation.assignee == (lead if between else None)
    assert ("Somebody has changed this since" in after) is between


@pytest.mark.parametrize("between", [False, True])
def test_closing_is_taken_back_unless_it_has_changed(
    conversation: Conversation, agent: User, team_mate: User, signed_in, between: bool
) -> None:
    client = signed_in(agent)
    page = client.post(f"/conversations/{conversation.pk}/closure", follow=True).content
    if between:
        verbs.snooze(team_mate, conversation, None)
    undo(client, page)
    conversation.refresh_from_db()
    assert conversation.status == ("snoozed" if between else "open")
