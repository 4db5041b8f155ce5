"""The shapes of handing over and following."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from heard.api.schemas.shared import Plain
from heard.inbox.verbs.drafts import LONGEST


class Brief(Schema):
    """What whoever takes it over must know, made from what was heard."""

    brief: str = Field(description="Markdown; empty where nothing was heard.")


class Handover(Schema):
    """To whom, and what they must know. A colleague or a team."""

    model_config = ConfigDict(extra="forbid")

    user: int | None = None
    team: int | None = Field(None, description="Its members see it from now on.")
    words: Annotated[Plain, Field("", max_length=LONGEST)]
    brief: Annotated[Plain, Field(max_length=LONGEST)] | None = Field(
        None, description="Left out or null: the one made from what was heard."
    )
    follow: bool = Field(True, description="Go on hearing of it.")


class Following(Schema):
    """Whether the caller follows a conversation."""

    followed: bool
