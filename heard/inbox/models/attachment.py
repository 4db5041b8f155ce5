"""The attachment: a file that came with a message or leaves with one."""

from __future__ import annotations

import secrets

from django.db import models

from heard.inbox.models.message import Message

# Shown in the page; everything else is handed over as a download. SVG is left out on purpose:
# it can carry script.
HARMLESS = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def place(_attachment: Attachment, _name: str) -> str:
    """Where the bytes lie: an unguessable name that owes nothing to the sender's."""
    token = secrets.token_hex(16)
    return f"attachments/{token[:2]}/{token}"


class Attachment(models.Model):
    """A file of a message, its bytes outside the database row."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)
    file = models.FileField(upload_to=place, max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether it may be shown in the page."""
        return self.content_type in HARMLESS

    @property
    def url(self) -> str:
        """Where those allowed fetch it."""
        return f"/attachments/{self.pk}"
