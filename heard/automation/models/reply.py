"""The saved reply: words that are written once and sent often."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.automation.models.circle import Shared


class SavedReply(Shared):
    """Words in Markdown with variables (heard/inbox/variables.py), found by name or shortcut."""

    shortcut = models.CharField(_("shortcut"), max_length=30, blank=True)
    text = models.TextField(_("text"))

    class Meta(Shared.Meta):
        verbose_name_plural = "saved replies"
