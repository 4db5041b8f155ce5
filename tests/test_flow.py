"""The flow names only what there is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from heard import flow

ROOT = Path(__file__).parent.parent / "heard"
AFTER_EACH = {name for names in flow.AFTER.values() for name in names}
FOLLOWING = sorted(AFTER_EACH | {name for name in flow.MANY.values() if name})
PROVIDERS = sorted({path for page in flow.BESIDE.values() for path in page.values()})


@pytest.mark.parametrize("name", FOLLOWING)
def test_every_task_of_the_flow_exists_under_its_name(name: str) -> None:
    task = import_string(flow.task_path(name))
    assert isinstance(task, Task)
    assert task.name == name
    assert app.tasks[name] is task


@pytest.mark.parametrize("path", PROVIDERS)
def test_everything_beside_a_page_exists(path: str) -> None:
    assert callable(import_string(path))


def test_every_event_that_something_follows_is_recorded_somewhere() -> None:
    written = {
        node.value
        for path in ROOT.rglob("*.py")
        if path.name != "flow.py" and "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(flow.AFTER) <= written


def test_what_follows_many_stands_for_what_follows_each() -> None:
    assert set(flow.MANY) <= AFTER_EACH
