"""The shapes of a conversation and of who has it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from heard.api.schemas.people import Person
from heard.api.schemas.shared import Named


class Conversation(Schema):
    """What is said with one contact about one matter."""

    id: int
    subject: str
    status: Literal["open", "closed"]
    preview: str
    inbox: Named
    contact: Named
    assignee: Named | None
    opened_at: datetime
    last_at: datetime
    closed_at: datetime | None
    waiting_since: datetime | None = Field(description="Since when the customer waits.")
    open_asks: int
    next_due: datetime | None = Field(description="When the next of our promises is due.")
    may_belong_to: int | None = Field(
        alias="may_belong_to_id", description="A conversation this one may be part of."
    )
    may_belong_why: str


class Assignment(Schema):
    """Who has a conversation, and who could."""

    assignee: Person | None
    may_be: list[Person]


class Assign(Schema):
    """Who shall have it; null for nobody."""

    model_config = ConfigDict(extra="forbid")

    user: int | None
