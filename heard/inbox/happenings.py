"""What was done with a conversation, as small lines between its letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from heard.events.models import Event
from heard.inbox import handed, overdue, tidied
from heard.inbox.models import Message

SHOWN = (
    *handed.SHOWN,
    *tidied.SHOWN,
    *overdue.SHOWN,
    "conversation.closed",
    "conversation.reopened",
    "conversation.joined",
    "conversation.restored",
    "message.held-back",
)


def happened() -> ArraySubquery:
    """The events of a conversation that are worth a line, to be asked for together with it."""
    events = Event.objects.filter(conversation_id=OuterRef("pk"), name__in=SHOWN).order_by("pk")
    row = JSONObject(id="pk", name="name", at="at", by="by_id", who="by__name", details="details")
    return ArraySubquery(events.values(row=row))


def lines_of(events: Sequence[dict[str, Any]]) -> list[Message]:
    """The events as system messages that are never stored."""
    return [
        Message(
            pk=-event["id"],
            kind=Message.Kind.SYSTEM,
            text=says(event),
            at=datetime.fromisoformat(event["at"]),
        )
        for event in events
    ]


def says(event: dict[str, Any]) -> str:
    """An event in words: «Tom Okafor closed this»."""
    words = {
        **handed.words_of(event),
        **tidied.words_of(event),
        **overdue.words_of(event),
        "conversation.closed": _("%(who)s closed this"),
        "conversation.reopened": _("%(who)s took this up again")
        if event["by"] or "rule" in event["details"]
        else _("A new letter opened this again"),
        "conversation.joined": _("%(who)s merged “%(called)s” into this")
        if event["details"].get("called")
        else _("%(who)s merged another conversation into this"),
        "conversation.restored": _("%(who)s put this back as it was"),
        "message.held-back": _("Not sent, because %(wrote)s wrote first"),
    }
    return words[event["name"]] % {
        "who": _who(event),
        "wrote": event["details"].get("wrote", ""),
        **handed.named(event),
        **tidied.named(event),
        **overdue.named(event),
    }


def _who(event: dict[str, Any]) -> str:
    """Whoever did it: a colleague, a rule by its name, or Heard by itself."""
    if rule := event["details"].get("rule_name"):
        return str(_("Rule «%s»") % rule)
    return str(event["who"] or _("Heard"))


def woven(messages: Iterable[Message], lines: Iterable[Message]) -> list[Message]:
    """Letters and lines in one order of time."""
    return sorted([*messages, *lines], key=_when)


def _when(message: Message) -> tuple[bool, datetime, bool]:
    # What is still to leave stands below everything that was said.
    return message.is_planned, message.leaves_at or message.at, message.kind == Message.Kind.SYSTEM
