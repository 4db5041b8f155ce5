"""The shapes of what was said, and of what to say."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.urls import reverse
from ninja import Schema
from pydantic import ConfigDict, Field, model_validator

from heard.api.schemas.shared import Plain
from heard.inbox import models
from heard.inbox.verbs.write import LONGEST


class Address(Schema):
    """A mail address."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[Plain, Field(max_length=320)]
    name: Annotated[Plain, Field(max_length=160)] = ""


class Attachment(Schema):
    """A file of a message; `url` hands it out to the same token."""

    id: int
    name: str
    content_type: str
    size: int = Field(description="In bytes.")
    inline: bool
    url: str

    @staticmethod
    def resolve_url(file: models.Attachment) -> str:
        """Where the file is."""
        return reverse("api-v1:get_attachment", args=[file.pk])


class Author(Schema):
    """Who wrote a message: a colleague has a user_id, a customer a contact_id."""

    name: str = Field(alias="author_name")
    address: str = Field(alias="author_address")
    user_id: int | None
    contact_id: int | None


class Message(Schema):
    """One thing said. `at` is when it reached us, `written_at` what its author claims."""

    id: int
    conversation_id: int
    kind: Literal["inbound", "outbound", "note", "system"]
    state: Literal["received", "queued", "sent", "bounced", "failed"]
    state_note: str = Field(description="The mail server's words.")
    author: Author
    to: list[Address]
    cc: list[Address]
    bcc: list[Address]
    subject: str
    text: str = Field(description="The author's own words.")
    quoted: str = Field(description="The earlier words below them.")
    signature: str
    message_id: str
    reply_to_id: int | None
    automatic: str = Field(description="Why it counts as written by a machine; else empty.")
    invitation: dict[str, Any] | None
    remarks: list[str]
    at: datetime
    written_at: datetime | None
    attachments: list[Attachment]

    @staticmethod
    def resolve_author(message: models.Message) -> models.Message:
        """The author is told by fields of the message itself."""
        return message


class WholeMessage(Message):
    """A message with its formatted original, cleaned."""

    html: str


class Said(Schema):
    """What to say: a reply to the customer, or a note among ourselves."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["reply", "note"] = "reply"
    text: Annotated[Plain, Field(max_length=LONGEST)]
    to: list[Address] | None = Field(
        None, max_length=100, description="Left out or null: who wrote last. Empty is refused."
    )
    cc: list[Address] = Field([], max_length=100)
    bcc: list[Address] = Field([], max_length=100)
    quote: bool | None = Field(None, description="Quote the letter answered; null: as set.")

    @model_validator(mode="after")
    def _a_note_goes_to_nobody(self) -> Said:
        if self.kind == "note" and (self.to or self.cc or self.bcc):
            raise ValueError("A note goes to nobody: leave out to, cc and bcc")
        return self
