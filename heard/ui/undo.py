"""Undo: a quiet line after an act, with the way back.

A view that has done something calls offer() and then redirects as always:

    verbs.close(request.user, one)
    undo.offer(request, _("Closed."), f"/conversations/{one.pk}/closure/delete")

The next page this person sees shows the line, also when htmx fetched it and took only a part of
it. Undo posts to `path`, with `values` as its fields and `undoing` besides: an act that is itself
the undoing of another says so and offers nothing more. Where a colleague may have changed the same
since, the value `was` says how the act left it, and the view at `path` asks overrules_nobody().
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from heard.refusal import Refusal

TAG = "undo"
CHANGED_SINCE = "Somebody has changed this since, so it stays as it is."


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done, in words, and the act that takes it back; no path when nothing does."""

    says: str
    path: str = ""
    values: dict[str, str] = field(default_factory=dict)


def offer(request: HttpRequest, says: str, path: str, **values: object) -> None:
    """Tell what was done and offer to undo it. says: a short sentence. path: answers to POST."""
    if request.POST.get("undoing"):
        told = Undo(_("Undone."))
    else:
        told = Undo(says, path, {name: str(value) for name, value in values.items()})
    messages.info(request, json.dumps(asdict(told)), extra_tags=TAG)


def offered(request: HttpRequest) -> Undo | None:
    """The newest line to show on this page."""
    kept = [one for one in get_messages(request) if one.extra_tags == TAG]
    return Undo(**json.loads(str(kept[-1].message))) if kept else None


def overrules_nobody(request: HttpRequest, now: object) -> None:
    """Raises Refusal where an undo would take back what somebody else has done since.

    now: how it stands, which is to be what the undone act left.
    """
    left = request.POST.get("was") if request.POST.get("undoing") else None
    if left is not None and left != str(now):
        raise Refusal(CHANGED_SINCE, code="changed-since")
