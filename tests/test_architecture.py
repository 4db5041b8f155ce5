"""The house stands as it was drawn: directions, sizes, names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# Words that say nothing about what a thing is.
EMPTY = re.compile(r"(?:^|_)(?:managers?|helpers?|utils?|utilit(?:y|ies)|services?)(?:_|$)")
Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """A module, read once for all tests."""
    return ast.parse(path.read_text())


def sources() -> Iterator[Path]:
    """Every module we wrote; migrations are written by Django."""
    for folder in ("heard", "tests", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def defined() -> Iterator[tuple[Path, Named]]:
    """Every function and class, with the file it stands in."""
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, Named):
                yield path, node


def words_of(name: str) -> str:
    """A name in lower case with an underscore between its words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_rooms_look_only_downwards() -> None:
    config = str(ROOT / "pyproject.toml")
    assert lint_imports(config_filename=config, no_cache=True) == EXIT_STATUS_SUCCESS


def test_no_file_is_too_long_to_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long_to_hold_in_mind() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, node in defined()
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_names_say_what_a_thing_is() -> None:
    named = {f"{path.relative_to(ROOT)} {node.name}": node.name for path, node in defined()}
    named |= {str(path.relative_to(ROOT)): path.stem for path in sources()}
    assert [where for where, name in named.items() if EMPTY.search(words_of(name))] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.read_text().strip() and path.name != "apps.py" and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_rooms_have_tests_beside_them() -> None:
    rooms = [path.parent for path in (ROOT / "heard").glob("*/apps.py")]
    bare = [room.name for room in rooms if not list(room.glob("tests/test_*.py"))]
    assert bare == []
