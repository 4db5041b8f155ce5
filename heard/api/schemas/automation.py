"""The shapes of saved replies, macros and rules."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from heard.api.schemas.conversation import Conversation
from heard.api.schemas.shared import Named


class SavedReply(Schema):
    """Words that are sent often, with their variables. `team`: whose it is; with none of a team
    and not `mine` it is everyone's."""

    id: int
    name: str
    shortcut: str
    text: str
    team: Named | None
    mine: bool
    used: int = Field(description="How often it was inserted.")
    last_used: datetime | None


class Filled(Schema):
    """The words of a saved reply for one conversation.

    `gaps`: variables without a value; a letter with one of them is refused.
    """

    text: str
    gaps: list[str]


class Step(Schema):
    """One act of a macro or rule and what it takes."""

    act: str
    value: str


class Macro(Schema):
    """Several acts by one choice; `does` says them in words."""

    id: int
    name: str
    does: str
    acts: list[Step]
    used: int
    last_used: datetime | None


class MacroRun(Schema):
    """What a macro did. `text`: words for a letter that it brings, not sent."""

    conversation: Conversation
    text: str


class Rule(Schema):
    """When `when` happens in a conversation, if the filter `q` means it, then `acts`.

    `problem`: why it could not act when it last tried; empty when it could.
    """

    id: int
    name: str
    on: bool
    order: int
    when: str
    q: str
    acts: list[Step]
    stops: bool
    problem: str
