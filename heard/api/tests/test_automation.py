"""Saved replies, macros and rules through the door for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.automation import verbs
from heard.automation.steps import Step
from heard.automation.verbs import Plan, Terms, Words
from heard.inbox.models import Conversation, Tag

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


def test_a_saved_reply_is_listed_filled_and_refused_with_its_gap(
    program: Programs, agent: User, stranger: User, conversation: Conversation
) -> None:
    text = "Dear {{ customer.first_name }} of {{ customer.company }}"
    reply = verbs.keep_reply(agent, Words(name="Dear", text=text))
    door = program(agent)
    (listed,) = door.get("/saved-replies").json()["items"]
    assert (listed["text"], listed["mine"], listed["team"]) == (text, True, None)
    filled = door.get(f"/conversations/{conversation.pk}/saved-replies/{reply.pk}").json()
    assert filled == {"text": "Dear Inês of [customer.company?]", "gaps": ["customer.company"]}
    refused = door.post(f"/conversations/{conversation.pk}/messages", {"text": filled["text"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "gap")
    assert program(stranger).get("/saved-replies").json()["items"] == []


def test_a_macro_is_listed_and_run(
    program: Programs, agent: User, stranger: User, conversation: Conversation
) -> None:
    tag = Tag.objects.create(name="Refund")
    plan = Plan(name="Refund it", steps=[Step("tag", "Refund"), Step("close")])
    macro = verbs.keep_macro(agent, plan)
    door, address = program(agent), f"/conversations/{conversation.pk}/macros/{macro.pk}"
    assert door.get("/macros").json()["items"][0]["does"] == "Tag “Refund”, close"
    assert program(stranger).post(address).status_code == 404
    told = door.post(address).json()["conversation"]
    assert (told["status"], [one["name"] for one in told["tags"]]) == ("closed", ["Refund"])
    tag.delete()
    refused = door.post(address)
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown")


def test_rules_are_read_by_leads_in_their_order(
    program: Programs, agent: User, lead: User, admin: User
) -> None:
    terms = Terms(name="Done", when="message.written", q="is:open", steps=[Step("close")])
    for _twice in range(2):
        verbs.keep_rule(admin, terms)
    door = program(lead)
    first = door.get("/rules?limit=1").json()
    assert (first["items"][0]["q"], first["items"][0]["on"]) == ("is:open", False)
    assert door.get(f"/rules?after={first['next']}").json()["items"][0]["order"] == 2
    assert program(agent).get("/rules").json()["code"] == "role"
