"""What was put aside, brought back and sorted, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from heard.inbox.models import Conversation

SHOWN = (
    "conversation.snoozed",
    "conversation.woken",
    "conversation.tagged",
    "conversation.untagged",
    "conversation.split",
    "conversation.linked",
    "conversation.unlinked",
)


def words_of(event: dict[str, Any]) -> dict[str, str]:
    """The sentence of each such event, with places for who, until, asked_by, called and other."""
    return {
        "conversation.snoozed": _snoozed(event),
        "conversation.woken": _woken(event),
        "conversation.tagged": _("%(who)s tagged this “%(called)s”"),
        "conversation.untagged": _("%(who)s took off the tag “%(called)s”"),
        "conversation.split": _("%(who)s parted this from conversation %(other)s"),
        "conversation.linked": _("%(who)s linked this to conversation %(other)s"),
        "conversation.unlinked": _("%(who)s removed the link to conversation %(other)s"),
    }


def named(event: dict[str, Any]) -> dict[str, str]:
    """What stands in the places of the sentences that handed.named() does not know."""
    details = event["details"]
    return {
        "called": details.get("called", ""),
        "other": str(details.get("other", "")),
        "asked_by": details.get("asked_by") or _("somebody"),
    }


def _snoozed(event: dict[str, Any]) -> str:
    if event["details"].get("until"):
        return _("%(who)s snoozed this until %(until)s")
    return _("%(who)s snoozed this until the customer answers")


def _woken(event: dict[str, Any]) -> str:
    """Whoever woke it, or the reason why it is back."""
    if event["by"]:
        return _("%(who)s ended the snooze")
    if event["details"].get("why") == Conversation.Woke.TIME:
        return _("Back because %(asked_by)s asked for %(until)s")
    return _("Back because the customer wrote")
