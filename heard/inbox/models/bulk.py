"""The bulk act: one thing done with many conversations, and how to undo it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User


class Bulk(models.Model):
    """What somebody does with many conversations at once, and how far it has come.

    ids: those chosen by hand; none of them: all that the filter `q` means, up to `upto`. after:
    the last one looked at. value and q are as people write them.
    """

    class State(models.TextChoices):
        """How far it has come."""

        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        STOPPED = "stopped", _("Stopped")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bulks")
    act = models.CharField(max_length=20)
    value = models.CharField(max_length=200, blank=True)
    q = models.CharField(max_length=500, blank=True)
    ids = ArrayField(models.BigIntegerField(), default=list)
    upto = models.BigIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    says = models.CharField(max_length=300, blank=True)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    restored = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at"]
        indexes = [models.Index(fields=["user", "-begun_at"], name="bulk_of_person")]

    def __str__(self) -> str:
        return f"{self.act} {self.value}".strip()


class BulkStep(models.Model):
    """Some conversations of a bulk act as they were before: [[id, {field: [before, after]}], …]."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="steps")
    were = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Step of {self.bulk_id}"
