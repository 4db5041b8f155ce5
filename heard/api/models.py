"""How fast a token calls."""

from __future__ import annotations

from django.db import models

from heard.accounts.models import ApiToken


class Pace(models.Model):
    """How often one token has called within the minute that began last; one row a token."""

    token = models.OneToOneField(ApiToken, on_delete=models.CASCADE, related_name="pace")
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.calls} calls in minute {self.minute}"
