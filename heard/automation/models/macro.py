"""The macro: several acts on a conversation by one choice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.automation.models.circle import Shared
from heard.automation.models.reply import SavedReply


class Macro(Shared):
    """Acts in their order, each {"act", "value"} as heard/inbox/acts.py knows them.

    Besides it may put a saved reply into the composer and keep a note.
    """

    acts = models.JSONField(default=list)
    reply = models.ForeignKey(
        SavedReply, null=True, blank=True, on_delete=models.PROTECT, related_name="macros"
    )
    note = models.TextField(_("note"), blank=True)
