"""The attachment: a file that came with a message or leaves with one."""

from __future__ import annotations

import secrets

from django.db import models, transaction
from django.db.models.fields.files import FieldFile

from heard.inbox.models.message import Message

# Shown in the page; everything else is handed over as a download. SVG is left out on purpose:
# it can carry script.
HARMLESS = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def place(_row: models.Model, _name: str) -> str:
    """Where the bytes lie: an unguessable name that owes nothing to the sender's."""
    token = secrets.token_hex(16)
    return f"attachments/{token[:2]}/{token}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """The vocabulary of attachments."""

    def discard(self) -> None:
        """Delete them, and their bytes once no row names these any more."""
        files = [one.file for one in self]
        self.delete()
        for file in files:
            remove_at_the_end(file)


def remove_at_the_end(file: FieldFile) -> None:
    """Remove the bytes once the transaction has committed."""

    def remove() -> None:
        file.delete(save=False)

    # Robust: a store that is away for one file must not keep the others.
    transaction.on_commit(remove, robust=True)


class Attachment(models.Model):
    """A file of a message, its bytes outside the database row."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)
    file = models.FileField(upload_to=place, max_length=120)

    objects = AttachmentQuerySet.as_manager()

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
