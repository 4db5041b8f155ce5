"""The description is whole, and can be read by programs and people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from jsonschema import Draft202012Validator

from heard.api.openapi import document
from heard.api.tests.conftest import ROOT

METHODS = {"get", "post", "put", "patch", "delete"}
pytestmark = pytest.mark.django_db


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for address, methods in document()["paths"].items():
        assert methods.keys() <= METHODS
        yield from ((address, operation) for operation in methods.values())


def places(part: Any) -> Iterator[str]:
    """Every place a $ref points to."""
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from places(each)


def test_anybody_may_read_it() -> None:
    answer = Client().get(f"{ROOT}/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["openapi"].startswith("3.1")


def test_every_shape_is_json_schema_and_every_reference_leads_somewhere() -> None:
    whole = document()
    for shape in whole["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    for place in set(places(whole)):
        part: Any = whole
        for step in place.removeprefix("#/").split("/"):
            part = part[step]


def test_operations_have_names_and_sentences_of_their_own() -> None:
    named = [operation["operationId"] for _address, operation in operations()]
    assert len(named) == len(set(named))
    for _address, operation in operations():
        assert operation["summary"]
        assert operation["description"].endswith(".")
        assert operation["tags"]


def test_parts_of_an_address_are_described() -> None:
    for address, operation in operations():
        described = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert described == set(re.findall(r"{(\w+)}", address))


def test_errors_are_described_as_problem_documents() -> None:
    for _address, operation in operations():
        assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_the_page_for_people_runs_no_script_of_its_own() -> None:
    answer = Client().get(f"{ROOT}/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=", page)
    for address in re.findall(r'(?:src|href)="/static/([^"]+)"', page):
        assert finders.find(address), address


def test_the_root_leads_to_the_page() -> None:
    assert Client().get(f"{ROOT}/").headers["Location"] == f"{ROOT}/docs"


def test_head_is_get_without_a_body() -> None:
    assert Client().head(f"{ROOT}/openapi.json").status_code == 200
