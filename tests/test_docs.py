"""What the documents promise is what the program does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from heard.environment import SETTINGS

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?:`(?P<default>[^`]*)`)? ?\| (?P<says>.+) \|$", re.M)
NAMED = re.compile(r"\b(?:HEARD_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b")


def programs() -> dict[str, str]:
    """The text of every module, tests left out, by its path."""
    paths = (ROOT / "heard").rglob("*.py")
    return {str(path): path.read_text() for path in paths if "tests" not in path.parts}


def test_the_page_lists_every_setting_as_it_is() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    listed = [(row["name"], row["default"] or "", row["says"]) for row in ROW.finditer(page)]
    assert listed == [(each.name, each.default, each.says) for each in SETTINGS]


def test_every_setting_is_read_somewhere() -> None:
    table = str(ROOT / "heard" / "environment.py")
    texts = [text for path, text in programs().items() if path != table]
    named = {name for text in texts for name in NAMED.findall(text)}
    assert {each.name for each in SETTINGS} <= named


def test_no_module_or_makefile_names_a_setting_that_is_not_listed() -> None:
    known = {each.name for each in SETTINGS}
    texts = [*programs().values(), (ROOT / "Makefile").read_text()]
    assert {name for text in texts for name in NAMED.findall(text)} <= known


def named_in(requirements: list[str]) -> set[str]:
    """The bare names of requirements such as "psycopg[binary,pool]>=3.2"."""
    return {re.split(r"[\[<>=;~!]", each)[0].strip() for each in requirements}


def test_every_dependency_has_its_line_and_no_other_has_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    page = (ROOT / "docs" / "dependencies.md").read_text()
    rows = re.findall(r"^\| ([a-z0-9][^|]*?) \|", page, re.M)
    listed = {name.strip() for row in rows for name in row.split(",")} - {"library"}
    training = (ROOT / "training/requirements.txt").read_text().splitlines()
    pinned = [line for line in training if not line.startswith("#")]
    assert listed == named_in(project["dependencies"]) | named_in(extras) | named_in(pinned)


def test_the_locks_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        assert "://" not in (ROOT / name).read_text()
