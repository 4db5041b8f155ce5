"""The shapes of a tag."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict, Field

from heard.api.schemas.shared import Plain


class TagName(Schema):
    """What a tag shall be called."""

    model_config = ConfigDict(extra="forbid")

    name: Plain


class TagChange(Schema):
    """The tags to put on and those to take off, by name. What is on, or off, already stays so."""

    model_config = ConfigDict(extra="forbid")

    add: list[Plain] = Field([], max_length=20)
    remove: list[Plain] = Field([], max_length=20)
