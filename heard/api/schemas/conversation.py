"""The shapes of a conversation and of who has it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from heard.api.schemas.people import Person
from heard.api.schemas.shared import Named


class Conversation(Schema):
    """What is said with one contact about one matter."""

    id: int
    subject: str
    status: Literal["open", "snoozed", "closed"]
    preview: str
    inbox: Named
    contact: Named
    assignee: Named | None
    team: Named | None = Field(description="The team it was given to.")
    opened_at: datetime
    last_at: datetime
    closed_at: datetime | None
    snoozed_until: datetime | None = Field(
        description="When a snoozed one wakes; null while snoozed: when the customer answers."
    )
    woke_why: Literal["", "time", "answer", "failed"] = Field(
        description="Why it is back from its snooze, until somebody acts."
    )
    tags: list[Named] = Field(description="By name.")
    waiting_since: datetime | None = Field(description="Since when the customer waits.")
    open_asks: int
    next_due: datetime | None = Field(description="When the next of our promises is due.")
    may_belong_to: int | None = Field(
        alias="may_belong_to_id", description="A conversation this one may be part of."
    )
    may_belong_why: str


class Taken(Schema):
    """What was taken; null when nothing waits."""

    conversation: Conversation | None


class Assignment(Schema):
    """Who has a conversation, and who could."""

    assignee: Person | None
    may_be: list[Person]


class Assign(Schema):
    """Who shall have it; null for nobody. A team may be named as well, or alone."""

    model_config = ConfigDict(extra="forbid")

    user: int | None = None
    team: int | None = Field(None, description="Its members see it from now on.")

    @model_validator(mode="after")
    def _somebody_is_named(self) -> Assign:
        if not self.model_fields_set:
            raise ValueError("Name a user or a team; null as the user gives it to nobody")
        return self


class Snooze(Schema):
    """Until when it shall rest; null: until the customer answers."""

    model_config = ConfigDict(extra="forbid")

    until: AwareDatetime | None
