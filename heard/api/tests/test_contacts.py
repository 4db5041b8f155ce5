"""Contacts through the door for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.conftest import Receive
from heard.contacts.models import Company, Contact
from heard.events.models import Event
from heard.inbox.models import Conversation

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


def test_what_is_known_of_a_customer(
    program: Programs, agent: User, customer: Contact, conversation: Conversation
) -> None:
    customer.company = Company.objects.create(name="Duarte", domain="duarte-joinery.example")
    customer.save()
    shown = program(agent).get(f"/contacts/{customer.pk}").json()
    assert shown["name"] == "Inês Duarte"
    assert shown["company"]["name"] == "Duarte"
    assert shown["identities"] == [
        {"channel": "email", "address": "ines@duarte-joinery.example", "verified": False}
    ]
    assert program(agent).get("/contacts").json()["items"] == [shown]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("ines@duarte-joinery.example", 1),
        ("%20INES@duarte-joinery.example", 1),
        ("ines@", 0),
        ("%00", 1),
        ("", 1),
    ],
)
def test_found_by_address(
    program: Programs, agent: User, conversation: Conversation, address: str, found: int
) -> None:
    assert len(program(agent).get(f"/contacts?address={address}").json()["items"]) == found


def test_what_the_body_leaves_out_stays(
    program: Programs, agent: User, customer: Contact, conversation: Conversation
) -> None:
    door, address = program(agent), f"/contacts/{customer.pk}"
    body = {"time_zone": "Europe/Lisbon", "language": "pt-PT", "analyse": False}
    changed = door.patch(address, body).json()
    assert {field: changed[field] for field in body} == body
    assert changed["name"] == "Inês Duarte"
    assert door.patch(address, {"name": " Inês D.\0 "}).json()["name"] == "Inês D."
    assert door.get(address).json()["time_zone"] == "Europe/Lisbon"


def test_changing_nothing_is_no_event(
    program: Programs, agent: User, customer: Contact, conversation: Conversation
) -> None:
    assert program(agent).patch(f"/contacts/{customer.pk}", {}).status_code == 200
    assert not Event.objects.filter(name="contact.changed").exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"language": "english please"}, "language"),
        ({"language": "en\n"}, "language"),
        ({"name": None}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"analyse": "perhaps"}, "analyse"),
        ({"email": "other@x.example"}, "email"),
    ],
)
def test_what_can_not_be_written_down(
    program: Programs,
    agent: User,
    customer: Contact,
    conversation: Conversation,
    body: dict[str, object],
    field: str,
) -> None:
    refused = program(agent).patch(f"/contacts/{customer.pk}", body)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_a_contact_is_seen_by_those_who_talk_with_them(
    program: Programs, stranger: User, receive: Receive, customer: Contact
) -> None:
    receive()
    assert program(stranger).get("/contacts").json()["items"] == []
