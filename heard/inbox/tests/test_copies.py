"""Whoever the customer copied stays in the conversation."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from heard.accounts.models import User
from heard.inbox.models import Inbox, Message


def test_the_composer_copies_those_the_customer_copied_and_none_of_our_own(
    receive: Callable[..., Message],
    inbox: Inbox,
    other_inbox: Inbox,
    agent: User,
    signed_in: Callable[[User], Client],
) -> None:
    message = receive(
        Cc="Rob <rob@duarte-joinery.example>, accounts@larkfield.example, "
        "INES@duarte-joinery.example"
    )
    page = signed_in(agent).get(f"/conversations/{message.conversation_id}").content.decode()
    assert 'name="cc"' in page
    assert 'value="rob@duarte-joinery.example"' in page
    assert "copy <span data-route-cc><bdi>Rob</bdi></span>" in page
