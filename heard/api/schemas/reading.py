"""The shapes of what was heard, and of advice on a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from heard.api.schemas.shared import Whole
from heard.listening.families import FAMILIES

DRAFT = 50_000
# Told to programs from where the families are, so that a new one is no error here.
Family = Annotated[str, Field(json_schema_extra={"enum": list(FAMILIES)})]


class Place(Schema):
    """Some words of a message: characters `start` to `end` of its text."""

    message_id: int
    start: int
    end: int


class Heard(Place):
    """Something heard in these words: how surely, from 0 to 1, and why."""

    score: float
    why: str


class Sign(Heard):
    """One marked span: question.open, empathy, emotion.worry, …"""

    kind: str
    family: Family


class Ask(Heard):
    """A question or request of the customer's."""

    id: int
    text: str
    state: Literal["open", "answered", "repeated"]
    answered_by: int | None = Field(alias="answered_by_id", description="The message, if known.")
    settled: bool = Field(description="Decided by a person's hand.")


class Commitment(Heard):
    """A promise of ours."""

    id: int
    text: str
    what: str
    who: str
    due: datetime | None
    state: Literal["open", "kept", "late", "withdrawn"]
    settled_at: datetime | None


class Link(Schema):
    """What ties two places together: an answer, an acknowledgement, a repeat."""

    kind: str
    source: Place
    target: Place
    coverage: Literal["full", "part", "none", ""] = Field(
        "", description="How much of an ask its answer covers; none: spoken of and left open."
    )
    score: float
    why: str


class Measure(Schema):
    """One number over the conversation, with its unit and where the measure comes from."""

    name: str
    value: float
    unit: str
    source: str


class Skill(Schema):
    """One listening skill as this conversation shows it, from 0 to 1, with its evidence."""

    name: str
    score: float
    why: str
    evidence: list[Place]


class Reading(Schema):
    """All that was heard in one conversation; empty while `is_read` is false."""

    is_read: bool
    signs: list[Sign]
    asks: list[Ask]
    commitments: list[Commitment]
    links: list[Link]
    measures: list[Measure]
    skills: list[Skill]


class Draft(Schema):
    """Words not yet sent."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Whole, Field(max_length=DRAFT)]


class Advice(Schema):
    """One thing worth changing: characters `start` to `end` of the draft; 0, 0 is the whole."""

    kind: str
    start: int
    end: int
    why: str
    says: str
    source: str


class Advised(Schema):
    """Advice on a draft, most useful first; none when all is well."""

    items: list[Advice]
