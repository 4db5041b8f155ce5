"""The shape of a notification."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from heard.api.schemas.shared import Named
from heard.notifications import models
from heard.notifications.words import says


class Notification(Schema):
    """Something the caller was told of."""

    id: int
    kind: str
    says: str = Field(description="What happened, in a sentence.")
    preview: str
    conversation_id: int
    message_id: int | None
    by: Named | None
    at: datetime
    read_at: datetime | None

    @staticmethod
    def resolve_says(one: models.Notification) -> str:
        """In words."""
        return says(one)


class Read(Schema):
    """How many were unread until now."""

    read: int
