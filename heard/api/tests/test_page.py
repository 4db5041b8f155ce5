"""docs/api.md says what the API does."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from heard.accounts.models import User
from heard.api import pace, paging
from heard.api.openapi import document
from heard.api.problems import KINDS
from heard.api.tests.conftest import Program, described
from heard.automation.steps import Step
from heard.automation.verbs import Plan, Words, keep_macro, keep_reply
from heard.conftest import Receive
from heard.inbox import verbs
from heard.inbox.models import Attachment, Conversation
from heard.inbox.moments import Leaving
from heard.inbox.verbs import drafts

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text()
ONE = "conversations/17"
ROW = re.compile(r"^\| `([a-z-]+)` \| (\d+) \| (.+) \|$", re.M)


def examples() -> Iterator[tuple[str, str, Any, dict[str, str]]]:
    """Every curl call of the page: method, path, body and further headers."""
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S):
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith("curl"):
                yield read(shlex.split(line))


def read(words: list[str]) -> tuple[str, str, Any, dict[str, str]]:
    method, body, headers = "get", None, {}
    path = words[-1].removeprefix("$DESK")
    for option, value in pairwise(words):
        if option == "-X":
            method = value.lower()
        elif option == "-d":
            body = json.loads(value)
        elif option == "-H":
            name, _, said = value.partition(": ")
            headers[name.replace("-", "_")] = said
    return method, path, body, headers


def any_id(address: str) -> str:
    """An address as the page would show it: every number by the same name."""
    return re.sub(r"{\w+}", "{id}", address.replace("problems/{kind}", "problems/key-reused"))


def without_ids(path: str) -> str:
    return re.sub(r"/\d+|(?<=/drafts)/(?:reply|note)", "/{id}", path.partition("?")[0])


@pytest.fixture
def things(conversation: Conversation, lead: User, agent: User) -> dict[str, int]:
    """What the ids of the page stand for."""
    message = conversation.messages.get()
    file = Attachment.objects.create(
        message=message, name="a", content_type="text/plain", size=1, file=ContentFile(b"a", "a")
    )
    return {
        ONE: conversation.pk,
        "messages/42": message.pk,
        "attachments/9": file.pk,
        "messages/43": _waiting(lead, conversation),
        "messages/44": _waiting(lead, conversation),
        "drafts/5": drafts.keep(agent, conversation, "reply", drafts.Words(text="Hello")).pk,
        "contacts/5": conversation.contact_id,
        "tags/4": verbs.make_tag(lead, "vip").pk,
        "macros/2": keep_macro(lead, Plan(name="Done", steps=[Step("close")])).pk,
        "saved-replies/3": keep_reply(lead, Words(name="Hello", text="Hello")).pk,
    }


def _waiting(by: User, conversation: Conversation) -> int:
    leaves = Leaving(at=timezone.now() + timedelta(days=1))
    return verbs.reply(by, conversation, verbs.Draft(text="Later.", leaves=leaves)).pk


def meant(body: Any, numbers: dict[str, dict[int, int]]) -> Any:
    """The body with the numbers of the page turned into those that are there."""
    if not isinstance(body, dict):
        return body
    return {
        name: numbers.get(name, {}).get(said, said) if isinstance(said, int) else said
        for name, said in body.items()
    }


def test_every_example_works(
    program: Callable[..., Program], lead: User, things: dict[str, int], receive: Receive
) -> None:
    door, other = program(lead), receive("A drill?", subject="A drill").conversation_id
    for method, path, body, headers in examples():
        for named, pk in things.items():
            path = path.replace(named, f"{named.partition('/')[0]}/{pk}")
        body = meant(body, {"user": {3: lead.pk}, "into": {18: other}, "part": {17: things[ONE]}})
        headers.pop("Authorization", None)
        headers.pop("Content_Type", None)
        answer = door.call(method, path, body, **headers)
        assert answer.status_code in (200, 201, 204), (method, path, answer.content)
        if answer.streaming:
            assert b"".join(answer.streaming_content)


def test_every_operation_has_its_example() -> None:
    shown = {(method, without_ids(path)) for method, path, _body, _headers in examples()}
    described_ones = {
        (method, any_id(address.removeprefix("/api/v1")))
        for address, operations in document()["paths"].items()
        for method in operations
    }
    assert shown == described_ones


def test_every_example_names_a_described_address() -> None:
    for method, path, _body, _headers in examples():
        assert method in described(path)


def test_the_kinds_of_problems_are_those_there_are() -> None:
    listed = [(name, int(status), title) for name, status, title in ROW.findall(PAGE)]
    assert listed == [(kind.name, kind.status, kind.title) for kind in KINDS.values()]


def test_the_numbers_are_those_kept() -> None:
    assert f"{pace.MOST} times a minute" in PAGE
    assert f"{paging.USUAL} unless said, {paging.MOST} at most" in PAGE
    assert f"{pace.MOST} times a minute" in document()["info"]["description"]
