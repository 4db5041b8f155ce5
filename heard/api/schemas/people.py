"""The shapes of colleagues, their teams and inboxes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field


class Person(Schema):
    """A colleague."""

    id: int
    name: str
    email: str


class Team(Schema):
    """People who look after the same inboxes."""

    id: int
    name: str


class Token(Schema):
    """The token of the call."""

    name: str
    scopes: list[str]
    expires_at: datetime


class Me(Schema):
    """The person the token acts as."""

    id: int
    name: str
    email: str
    role: str
    time_zone: str
    is_away: bool
    away_until: datetime | None
    teams: list[Team]
    token: Token


class Absence(Schema):
    """Being away: until when, who stands in, and what becomes of what waits."""

    model_config = ConfigDict(extra="forbid")

    until: AwareDatetime | None = Field(None, description="Null: until the absence is deleted.")
    stand_in: int | None = None
    while_away: Literal["keep", "back", "stand-in"] = Field(
        "keep", description="What becomes of your conversations whose customers wait."
    )


class Inbox(Schema):
    """A door with an address and the teams behind it."""

    id: int
    name: str
    channel: str
    address: str
    teams: list[Team]
