"""Service levels that were missed, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from heard.inbox.handed import moment

SHOWN = ("level.missed",)
SOON = timedelta(minutes=5)


def words_of(event: dict[str, Any]) -> dict[str, str]:
    """The sentence of such an event, with places for due and policy."""
    kind = event["details"].get("kind")
    if kind == "resolution":
        says = _("The resolution was due %(due)s (%(policy)s)")
    elif kind == "next":
        says = _("The next answer was due %(due)s (%(policy)s)")
    else:
        says = _("The first answer was due %(due)s (%(policy)s)")
    return {"level.missed": says}


def named(event: dict[str, Any]) -> dict[str, str]:
    """What stands in the places of the sentences; the line itself carries the time it was told."""
    if event["name"] != "level.missed":
        return {}
    details = event["details"]
    due = datetime.fromisoformat(details["due"]) if details.get("due") else None
    at = datetime.fromisoformat(event["at"])
    told_late = due is not None and at - due > SOON
    return {
        "due": moment(due) if due and told_late else _("by now"),
        "policy": details.get("policy", ""),
    }
