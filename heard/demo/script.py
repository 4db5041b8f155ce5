"""The demo's letters as they were written down: files of TOML, read into frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LETTERS = Path(__file__).parent / "letters"
DOMAIN = "larkfield.example"
PASSWORD = "larkfield-demo"  # noqa: S105 - shown on the demo's first line on purpose
SIGN_IN = f"sam@{DOMAIN} with the password {PASSWORD}"
OFFICE = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Person:
    """A customer of the demo company."""

    name: str
    email: str
    company: str = ""
    zone: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing said. by: "contact", a colleague's name, or "note:" and a colleague's name."""

    by: str
    day: int
    time: str
    text: str
    html: str = ""
    attachment: str = ""
    attachment_text: str = ""
    automatic: bool = False
    bounce: bool = False
    broken: bool = False
    cc: tuple[str, ...] = ()

    def at(self, today: datetime) -> datetime:
        """When it was said. Before nine the script's today is yesterday: its morning is over."""
        began = (today.astimezone(OFFICE) - timedelta(hours=9)).date()
        day = began + timedelta(days=self.day)
        moment = datetime.combine(day, time.fromisoformat(self.time), OFFICE)
        return min(moment, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One conversation from its first letter to how it stands today."""

    inbox: str
    contact: str
    subject: str
    assignee: str
    status: str
    turns: tuple[Turn, ...]


def companies() -> Iterator[tuple[str, str]]:
    """Name and mail domain of each company."""
    for one in _people("company"):
        yield one["name"], one["domain"]


def people() -> Iterator[Person]:
    """Every customer."""
    for one in _people("contact"):
        yield Person(**one)


def stories() -> Iterator[Story]:
    """Every conversation, in the order of the files."""
    for path in sorted(LETTERS.glob("[abc][0-9].toml")):
        for one in tomllib.loads(path.read_text())["conversation"]:
            yield _story(one)


def _story(one: dict) -> Story:  # type: ignore[type-arg] # as TOML gives it
    turns = tuple(
        Turn(**{**turn, "text": turn["text"].strip(), "cc": tuple(turn.get("cc", ()))})
        for turn in one.pop("turn")
    )
    return Story(turns=turns, **one)


def _people(kind: str) -> Iterator[dict[str, str]]:
    for path in sorted(LETTERS.glob("people_*.toml")):
        yield from tomllib.loads(path.read_text()).get(kind, [])
