"""Who was given a conversation and why, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from heard import clock

SHOWN = (
    "conversation.assigned",
    "conversation.given",
    "conversation.unplaced",
)


def words_of(event: dict[str, Any]) -> dict[str, str]:
    """The sentence of each such event, with places for who, to, before, team and until."""
    return {
        "conversation.assigned": _assigned(event),
        "conversation.given": _("%(who)s gave this to the team %(to)s"),
        "conversation.unplaced": _unplaced(event["details"].get("why", "")),
    }


def named(event: dict[str, Any]) -> dict[str, str]:
    """What stands in the places of the sentences."""
    details = event["details"]
    until = details.get("until")
    return {
        "to": details.get("given_to", ""),
        "before": details.get("before", ""),
        "team": details.get("team", ""),
        "until": moment(datetime.fromisoformat(until)) if until else "",
    }


def moment(at: datetime) -> str:
    """A time in the reader's zone, with its day unless that is today: «Monday 9:00»."""
    local, today = timezone.localtime(at), timezone.localtime(clock.now())
    hour = f"{local.hour}:{local:%M}"
    if local.date() == today.date():
        return hour
    days = (local.date() - today.date()).days
    return f"{local:%A} {hour}" if 0 < days < 7 else f"{local.day} {local:%B} {hour}"


def _assigned(event: dict[str, Any]) -> str:
    details = event["details"]
    why, to = details.get("why"), details.get("assignee")
    if why == "handover":
        return _("%(who)s handed this over to %(to)s")
    if why and to:
        return _given_by_itself(why, details.get("before", ""))
    if why == "left":
        return _("Given back, because %(before)s no longer works here")
    if why:
        return _("Given back, because %(before)s is away")
    if not to:
        return _("%(who)s gave this back, so nobody has it yet")
    return _("%(who)s took this") if to == event["by"] else _("%(who)s gave this to %(to)s")


def _given_by_itself(why: str, before: str) -> str:
    if why == "stand-in" and before:
        return _("Given to %(to)s, who stands in for %(before)s")
    return {
        "turn": _("Given to %(to)s, whose turn it is"),
        "load": _("Given to %(to)s, who has the fewest open"),
        "knows": _("Given to %(to)s, who knows this customer"),
        "stand-in": _("Given to %(to)s, who stands in for this customer's colleague"),
    }[why]


def _unplaced(why: str) -> str:
    return {
        "full": _("Everybody here has as much as they take, so this waits"),
        "closed": _("Nobody is here until %(until)s, so this waits"),
    }.get(why, _("Nobody of %(team)s is here, so this waits"))
