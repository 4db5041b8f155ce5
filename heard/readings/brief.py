"""What whoever takes a conversation over must know, from what was heard: so nobody asks twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from heard.inbox.models import Conversation
from heard.readings.course import Point
from heard.readings.models import Ask, Commitment, Sign
from heard.readings.queries import Heard, heard_in

MOST = 6
LONGEST = 160
# What a customer wants, in their own words.
WISHES = ("need", "preference")


def brief_of(conversation: Conversation) -> str:
    """The brief as Markdown, to be changed by hand; empty where nothing was heard."""
    heard = heard_in(conversation)
    return "\n\n".join(_parts(conversation, heard))


def _parts(conversation: Conversation, heard: Heard) -> Iterator[str]:
    asked = [one for one in heard.asks if one.state != Ask.State.ANSWERED]
    done = [one for one in heard.asks if one.state == Ask.State.ANSWERED]
    owed = [one for one in heard.commitments if one.state == Commitment.State.OPEN]
    felt = [point for point in heard.course.points if point.felt]
    yield from _part(_("Asked and still open"), [_short(one.text) for one in asked])
    yield from _part(_("We promised"), [_promise(one) for one in owed])
    yield from _part(_("Felt last"), [_feeling(point) for point in felt[-1:]])
    yield from _part(_("Said of their own wishes"), _wishes(conversation, heard))
    yield from _part(_("Already answered"), [_short(one.text) for one in done])


def _part(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        more = [_("and %d more") % (len(lines) - MOST)] if len(lines) > MOST else []
        yield "\n".join([f"**{title}**", *(f"- {line}" for line in [*lines[:MOST], *more])])


def _promise(one: Commitment) -> str:
    what = _short(one.what or one.text)
    return _("%(what)s, by %(due)s") % {"what": what, "due": _moment(one.due)} if one.due else what


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M %Z}"


def _feeling(point: Point) -> str:
    return f"{point.felt}: “{_short(point.words)}”" if point.words else point.felt


def _wishes(conversation: Conversation, heard: Heard) -> list[str]:
    if not heard.is_read:
        return []
    signs = Sign.objects.filter(message__conversation=conversation, kind__in=WISHES)
    newest = signs.select_related("message").order_by("-message__at", "-start")[:3]
    said = [_short(one.message.text[one.start : one.end]) for one in newest]
    return [f"“{words}”" for words in dict.fromkeys(said) if words]


def _short(text: str) -> str:
    """The words on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"
