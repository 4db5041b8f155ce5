"""The shapes of merging, splitting and linking."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from heard.api.schemas.shared import Plain

Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Join(Schema):
    """Which conversation it becomes part of."""

    model_config = ConfigDict(extra="forbid")

    into: Number


class Part(Schema):
    """A conversation that was merged into another."""

    old_id: int = Field(description="The number it had, which leads to this conversation now.")
    subject: str
    at: datetime = Field(description="When it was merged.")


class Split(Schema):
    """What becomes a conversation of its own: some messages, or one that was merged."""

    model_config = ConfigDict(extra="forbid")

    messages: list[Number] = Field([], max_length=1000)
    subject: Plain = Field("", max_length=500, description="Left out: as the first is called.")
    part: Number | None = Field(
        None, description="The old number of a merged conversation, instead of messages."
    )


class LinkChange(Schema):
    """The conversations to link it to, and those whose link to remove, by number."""

    model_config = ConfigDict(extra="forbid")

    add: list[Number] = Field([], max_length=50)
    remove: list[Number] = Field([], max_length=50)
