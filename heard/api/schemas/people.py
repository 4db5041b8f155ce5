"""The shapes of colleagues, their teams and inboxes."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


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
    teams: list[Team]
    token: Token


class Inbox(Schema):
    """A door with an address and the teams behind it."""

    id: int
    name: str
    channel: str
    address: str
    teams: list[Team]
