"""The shapes of what was said, and of what to say."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.urls import reverse
from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from heard.api.schemas.shared import Plain
from heard.inbox import models
from heard.inbox.verbs.drafts import LONGEST


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
    state: Literal["received", "planned", "queued", "sent", "bounced", "failed"]
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
    forwards: bool = Field(description="It passes the letter `reply_to_id` on to somebody.")
    leaves_at: datetime | None = Field(description="While planned: when it leaves.")
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


class Leaves(Schema):
    """When a letter leaves: at a moment, or when the clock of a zone shows a time."""

    model_config = ConfigDict(extra="forbid")

    at: AwareDatetime | None = None
    said: Annotated[str, Field(max_length=16)] = Field("", examples=["2026-03-30T09:00"])
    zone: Annotated[str, Field(max_length=60)] = Field("", examples=["Europe/Lisbon"])
    anyway: bool = Field(False, description="Send it even if the customer writes first.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Leaves:
        if bool(self.at) == bool(self.said):
            raise ValueError("Say either at, or said and zone")
        return self


class Replan(Schema):
    """Another time, or other words, for a letter that has not left."""

    model_config = ConfigDict(extra="forbid")

    leaves: Leaves | None = None
    text: Annotated[Plain, Field(max_length=LONGEST)] | None = None


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
    reply_to: int | None = Field(
        None, description="The message answered. Left out: the customer's newest letter."
    )
    forward: bool = Field(False, description="Pass `reply_to` on to `to`, with its files.")
    leaves: Leaves | None = Field(None, description="When it leaves; left out: at once.")
    after_message: int | None = Field(
        None,
        description="The newest message you know. Refused (`crossed`) if others wrote since.",
    )
    then: Literal["close", "snooze"] | None = Field(
        None, description="What is done with the conversation once it has left."
    )
    snooze_until: AwareDatetime | None = Field(
        None, description="With `snooze`: until when; left out: until the customer answers."
    )

    @model_validator(mode="after")
    def _a_note_goes_to_nobody(self) -> Said:
        if self.kind == "note" and (self.to or self.cc or self.bcc or self.leaves or self.forward):
            raise ValueError("A note goes to nobody: leave out to, cc, bcc, leaves and forward")
        return self
