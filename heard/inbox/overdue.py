"""Service levels that were missed, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from heard.inbox.handed import moment

SHOWN = ("level.missed",)


def words_of(event: dict[str, Any]) -> dict[str, str]:
    """The sentence of such an event, with places for label, at and policy."""
    kind = event["details"].get("kind")
    if kind == "resolution":
        says = _("The resolution was due %(at)s (%(policy)s)")
    elif kind == "next":
        says = _("The next answer was due %(at)s (%(policy)s)")
    else:
        says = _("The first answer was due %(at)s (%(policy)s)")
    return {"level.missed": says}


def named(event: dict[str, Any]) -> dict[str, str]:
    """What stands in the places of the sentences."""
    details = event["details"]
    due = details.get("due")
    return {
        "at": moment(datetime.fromisoformat(due)) if due else "",
        "policy": details.get("policy", ""),
    }
