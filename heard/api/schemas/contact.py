"""The shapes of a customer, and of what to write down about one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from heard.accounts.zones import names as zones
from heard.api.schemas.shared import Plain

LANGUAGE = r"^([A-Za-z]{2,3}(-[A-Za-z0-9]+)*)?$"


def zone(name: str) -> str:
    """The IANA name of a time zone, or nothing; ValueError for any other."""
    if name and name not in zones():
        raise ValueError("Not the IANA name of a time zone, such as Europe/Lisbon")
    return name


class Company(Schema):
    """A customer's employer."""

    id: int
    name: str
    domain: str


class Identity(Schema):
    """One address of a contact's on one channel."""

    channel: str
    address: str
    verified: bool


class Contact(Schema):
    """A customer."""

    id: int
    name: str
    company: Company | None
    language: str
    time_zone: str
    analyse: bool = Field(description="Whether their words may be analysed.")
    created_at: datetime
    identities: list[Identity]


class ContactChange(Schema):
    """What to write down about a contact; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Plain, Field(max_length=160)] = ""
    language: Annotated[str, Field(max_length=12, pattern=LANGUAGE)] = ""
    time_zone: Annotated[str, AfterValidator(zone)] = ""
    analyse: bool = True
