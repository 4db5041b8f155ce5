"""Snoozing and tagging through the door for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from heard.accounts.models import User
from heard.api.tests.conftest import Program
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Conversation

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
SOON = (timezone.now() + timedelta(days=2)).replace(microsecond=0)


def test_snoozing_until_a_time_or_an_answer_and_ending_it(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    door, address = program(agent), f"/conversations/{conversation.pk}/snooze"
    told = door.put(address, {"until": SOON.isoformat()}).json()
    assert told["status"] == "snoozed"
    assert datetime.fromisoformat(told["snoozed_until"]) == SOON
    assert door.put(address, {"until": None}).json()["snoozed_until"] is None
    (row,) = door.get("/conversations?status=snoozed").json()["items"]
    assert row["id"] == conversation.pk
    for _twice in range(2):
        assert door.delete(address).json()["status"] == "open"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"until": "2020-01-01T00:00:00Z"}, "past"),
        ({"until": "9999-01-01T00:00:00Z"}, "too-far"),
        ({"until": "2040-01-01T00:00:00"}, "invalid"),
        ({"until": "soon"}, "invalid"),
        ({}, "invalid"),
    ],
)
def test_a_time_that_is_none_is_told_as_a_problem(
    program: Programs, agent: User, conversation: Conversation, body: object, code: str
) -> None:
    answer = program(agent).put(f"/conversations/{conversation.pk}/snooze", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Conversation.objects.get().is_open


def test_a_tag_is_made_put_on_listed_and_taken_off(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    door = program(agent)
    tag = door.post("/tags", {"name": "refund"}).json()
    assert door.post("/tags", {"name": "Refund"}).json() == tag
    address = f"/conversations/{conversation.pk}/tags"
    for _twice in range(2):
        assert door.patch(address, {"add": ["REFUND"]}).json()["tags"] == [tag]
    assert door.get("/conversations").json()["items"][0]["tags"] == [tag]
    told = door.patch(address, {"add": ["late"], "remove": ["refund", "never heard of"]}).json()
    assert [one["name"] for one in told["tags"]] == ["late"]
    assert [one["name"] for one in door.get("/tags").json()["items"]] == ["refund", "late"]


def test_one_name_that_is_none_changes_no_tag(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    address = f"/conversations/{conversation.pk}/tags"
    refused = program(agent).patch(address, {"add": ["late", "x" * 61]})
    assert refused.json()["code"] == "too-long"
    assert Conversation.objects.get().tag_ids == []


def test_only_a_lead_renames_and_deletes(program: Programs, agent: User, lead: User) -> None:
    tag = verbs.make_tag(agent, "refund")
    refused = program(agent).patch(f"/tags/{tag.pk}", {"name": "Money back"})
    assert refused.json()["code"] == "role"
    door = program(lead)
    assert door.patch(f"/tags/{tag.pk}", {"name": "Money back"}).json()["name"] == "Money back"
    assert door.delete(f"/tags/{tag.pk}").json()["name"] == "Money back"
    assert door.get("/tags").json()["items"] == []


def test_a_list_names_the_tags_of_all_its_rows_in_one_query(
    program: Programs, agent: User, receive: Receive, django_assert_max_num_queries: Callable
) -> None:
    for number in range(5):
        one = receive(subject=f"Matter {number}").conversation
        verbs.tag(agent, one, verbs.make_tag(agent, f"tag {number}"))
    door = program(agent)
    with django_assert_max_num_queries(12):
        items = door.get("/conversations").json()["items"]
    assert [len(item["tags"]) for item in items] == [1] * 5


def test_what_a_stranger_does_not_reach_is_not_there(
    program: Programs, stranger: User, conversation: Conversation
) -> None:
    door = program(stranger)
    snooze = door.put(f"/conversations/{conversation.pk}/snooze", {"until": None})
    put_on = door.patch(f"/conversations/{conversation.pk}/tags", {"add": ["refund"]})
    assert (snooze.status_code, put_on.status_code) == (404, 404)


def test_merging_taking_out_splitting_and_linking(
    program: Programs, agent: User, conversation: Conversation, receive: Receive
) -> None:
    second = receive("And do you sell planes?", subject="Re: Order 1204")
    other = receive("A drill?", subject="A drill").conversation
    door, here = program(agent), f"/conversations/{conversation.pk}"
    assert door.post(f"{here}/join", {"into": other.pk}).json()["id"] == other.pk
    assert door.get(here).json()["id"] == other.pk
    (part,) = door.get(f"/conversations/{other.pk}/parts").json()
    assert (part["old_id"], part["subject"]) == (conversation.pk, "Order 1204")
    made = door.post(f"/conversations/{other.pk}/split", {"part": conversation.pk})
    assert (made.status_code, made.json()["id"]) == (201, conversation.pk)
    planes = door.post(f"{here}/split", {"messages": [second.pk], "subject": "Planes"}).json()
    assert planes["subject"] == "Planes"
    linked = door.patch(f"{here}/links", {"add": [other.pk], "remove": [planes["id"]]}).json()
    assert [one["id"] for one in linked] == [other.pk]
    assert [one["id"] for one in door.get(f"/conversations/{other.pk}/links").json()] == [
        conversation.pk
    ]


def test_merging_with_what_is_out_of_reach_is_told_in_words(
    program: Programs, agent: User, conversation: Conversation
) -> None:
    door, here = program(agent), f"/conversations/{conversation.pk}"
    for path, body in (("join", {"into": 987654}), ("links", {"add": [987654]})):
        method = door.post if path == "join" else door.patch
        told = method(f"{here}/{path}", body)
        assert (told.status_code, told.json()["code"]) == (422, "unknown")
    refused = door.post(f"{here}/split", {"messages": []})
    assert (refused.status_code, refused.json()["code"]) == (422, "none")
