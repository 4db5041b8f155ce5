"""A notification in words: «Tom Okafor mentions you»."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from heard.inbox.handed import moment
from heard.notifications.models import Notification

# The terms of a service level, as its room names them.
LEVELS = {"first": _("First answer"), "next": _("Next answer"), "resolution": _("Resolution")}


def says(one: Notification, *, discreet: bool = False) -> str:
    """What happened, in a sentence without the customer's words; discreet: nor the name."""
    due = one.details.get("due")
    return _sentence(one) % {
        "who": one.by.name if one.by else _("Heard"),
        "customer": _("A customer") if discreet else one.conversation.contact.called,
        "more": one.details.get("more", 0),
        "team": one.details.get("given_to", ""),
        "level": LEVELS.get(one.details.get("kind", ""), _("An answer")),
        "due": moment(datetime.fromisoformat(due)) if due else "",
    }


def _sentence(one: Notification) -> str:
    return {
        "note.written": _("%(who)s mentions you")
        if one.kind == "mention"
        else _("%(who)s took a note"),
        "conversation.assigned": _assigned(one),
        "conversation.given": _given(one),
        "message.received": _("%(customer)s has written"),
        "message.failed": _("Your letter could not be sent"),
        "message.bounced": _("Your letter came back"),
        "message.held-back": _("Your letter was held back, because %(customer)s wrote first"),
        "level.warned": _warned(one),
        "level.missed": _("%(level)s is late"),
    }[one.event]


def _warned(one: Notification) -> str:
    if one.details.get("nobody"):
        return _("%(level)s is due %(due)s, and nobody of the team is here")
    return _("%(level)s is due %(due)s") if one.details.get("due") else _("%(level)s is due soon")


def _assigned(one: Notification) -> str:
    if one.details.get("why") == "handover":
        return _("%(who)s handed this over to you")
    if one.details.get("more"):
        return _("%(who)s gave this and %(more)s more to you")
    return _("%(who)s gave this to you") if one.by else _("This was given to you")


def _given(one: Notification) -> str:
    if one.details.get("more"):
        return _("%(who)s gave this and %(more)s more to your team %(team)s")
    return _("%(who)s gave this to your team %(team)s")
