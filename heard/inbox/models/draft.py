"""The draft as the server keeps it, with the files chosen for it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User
from heard.inbox.models.attachment import place, remove_at_the_end
from heard.inbox.models.conversation import Conversation
from heard.inbox.models.message import Message


class KeptDraft(models.Model):
    """What one person has begun to write in one conversation; one of each kind.

    `to`, `cc` and `bcc` are as typed, half an address too; None in `to` is whom the page names.
    `version` grows with every change, so that two devices of one person notice each other.
    `seen` is the newest message there was when it was begun.
    """

    class Kind(models.TextChoices):
        """For whom it is."""

        REPLY = "reply", _("Reply")
        NOTE = "note", _("Note")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    text = models.TextField(blank=True)
    to = models.TextField(null=True)
    cc = models.TextField(null=True)
    bcc = models.TextField(blank=True, default="")
    quote = models.BooleanField(null=True)
    answers = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    forwards = models.BooleanField(default=False)
    seen = models.BigIntegerField(default=0)
    # A colleague goes on with it: its author's own copy stays with them.
    continued_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user", "kind"], name="draft_once")
        ]
        indexes = [models.Index(fields=["at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:40]}"


class DraftFileQuerySet(models.QuerySet["DraftFile"]):
    """The vocabulary of files that wait to be sent."""

    def discard(self) -> None:
        """Delete them, and their bytes once the transaction has committed."""
        files = [one.file for one in self]
        self.delete()
        for file in files:
            remove_at_the_end(file)


class DraftFile(models.Model):
    """A file that will leave with a draft. Its bytes move to the letter, they are not copied."""

    draft = models.ForeignKey(KeptDraft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)
    file = models.FileField(upload_to=place, max_length=120)

    objects = DraftFileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where those allowed fetch it."""
        return f"/drafts/files/{self.pk}"
