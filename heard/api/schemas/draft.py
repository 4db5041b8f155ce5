"""The shapes of a draft: what somebody has begun to write."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from heard.api.schemas.shared import Named, Whole
from heard.inbox import models
from heard.inbox.verbs.drafts import LONGEST


class DraftFile(Schema):
    """A file that leaves with a draft."""

    id: int
    name: str
    size: int = Field(description="In bytes.")


class KeptDraft(Schema):
    """What somebody has begun. Addresses are as typed; null is whom the letter answers."""

    id: int
    conversation_id: int
    kind: Literal["reply", "note"]
    user: Named
    text: str
    to: str | None
    cc: str | None
    bcc: str
    reply_to_id: int | None = Field(alias="answers_id")
    forwards: bool
    continued_by_id: int | None = Field(description="The colleague who goes on with it.")
    version: int
    at: datetime
    files: list[DraftFile]

    @staticmethod
    def resolve_files(draft: models.KeptDraft) -> list[models.DraftFile]:
        """Its files in the order they were chosen."""
        return list(draft.files.all())


class Words(Schema):
    """What a draft says from now on."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Whole, Field(max_length=LONGEST)]
    to: Annotated[Whole, Field(max_length=10_000)] | None = None
    cc: Annotated[Whole, Field(max_length=10_000)] | None = None
    bcc: Annotated[Whole, Field(max_length=10_000)] = ""
    quote: bool | None = None
    version: int | None = Field(
        None, description="The version these words grew from: refused (`changed`) if it is older."
    )
