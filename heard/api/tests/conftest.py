"""Programs that call the API, each with the token of a named person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator

from heard.accounts import beginning
from heard.accounts.models import User
from heard.accounts.tokens import issue_token
from heard.api.openapi import document

ROOT = "/api/v1"


class Program:
    """Calls the API with a token; every answer is held against the OpenAPI document."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        sent = "" if body is None else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.client.generic(
            method.upper(), ROOT + path, sent, content_type="application/json", headers=named
        )
        as_described(method, path, response)
        return response

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("get", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("post", path, body, **headers)

    def put(self, path: str, body: Any) -> HttpResponse:
        return self.call("put", path, body)

    def patch(self, path: str, body: Any) -> HttpResponse:
        return self.call("patch", path, body)

    def delete(self, path: str) -> HttpResponse:
        return self.call("delete", path)


def as_described(method: str, path: str, response: HttpResponse) -> None:
    """Fail unless the answer is what the OpenAPI document says it is."""
    operation = described(path).get(method, {"responses": {"default": PROBLEM}})
    answers = operation["responses"]
    answer = answers.get(response.status_code) or answers["default"]
    if response.status_code == 204:
        return
    kind = response.headers["Content-Type"].partition(";")[0]
    schema = answer["content"][kind].get("schema")
    if schema:
        check = {**schema, "components": document()["components"]}
        Draft202012Validator(check).validate(response.json())


PROBLEM = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}


def described(path: str) -> dict[str, Any]:
    """The operations of the path's address, as the document describes them."""
    wanted = ROOT + path.partition("?")[0]
    for address, operations in document()["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", address), wanted):
            return operations
    return {}


@pytest.fixture(autouse=True)
def somebody_works_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first start is over, also for a test without people."""
    monkeypatch.setattr(beginning, "_over", True)


@pytest.fixture
def program() -> Callable[..., Program]:
    """A program of a person's: program(agent) writes, program(agent, "read") only reads."""

    def of(user: User, scope: str = "write") -> Program:
        _token, text = issue_token(user, "orders", [scope], 30)
        return Program(text)

    return of
