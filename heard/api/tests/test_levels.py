"""Programs see what is promised and how a conversation stands against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from heard import clock
from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.inbox.models import Conversation
from heard.levels import verbs
from heard.levels.tests.conftest import march
from heard.levels.verbs.policies import Promise

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


def test_policies_come_in_order(program: Programs, admin: User, agent: User) -> None:
    verbs.make_policy(Promise(name="Standard", first_minutes=240), by=admin)
    vip = verbs.make_policy(Promise(name="VIP", clock="always", first_minutes=30), by=admin)
    verbs.move_policy(vip, by=admin, earlier=True)
    items = program(agent).get("/policies").json()["items"]
    assert [one["name"] for one in items] == ["VIP", "Standard"]
    assert items[0]["first_minutes"] == 30
    assert items[0]["resolution_minutes"] is None


def test_the_terms_of_a_conversation(
    program: Programs, admin: User, agent: User, conversation: Conversation
) -> None:
    promise = Promise(name="Standard", first_minutes=240, resolution_minutes=960)
    verbs.make_policy(promise, by=admin)
    with clock.at(march(2, 9, 2)):
        verbs.settle(conversation.pk)
    items = program(agent).get(f"/conversations/{conversation.pk}/terms").json()["items"]
    assert {one["kind"]: one["state"] for one in items} == {
        "first": "running",
        "resolution": "running",
    }
    first = next(one for one in items if one["kind"] == "first")
    assert datetime.fromisoformat(first["due_at"]) == march(2, 13, 1)
    assert first["policy_name"] == "Standard"
