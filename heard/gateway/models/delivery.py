"""The delivery: one attempt to send a message out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.inbox.models import Message


class Delivery(models.Model):
    """An attempt, what the server said, and when the next one is."""

    class Outcome(models.TextChoices):
        """How it ended."""

        SENT = "sent", _("Sent")
        TEMPORARY = "temporary", _("Will be tried again")
        PERMANENT = "permanent", _("Refused")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    response = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.response}"
