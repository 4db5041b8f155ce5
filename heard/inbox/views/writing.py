"""What stands in the composer's form, read into what a verb takes."""

from __future__ import annotations

from heard import clock
from heard.accounts.access import PersonRequest
from heard.inbox import moments
from heard.inbox.models import Conversation, Message
from heard.inbox.moments import Leaving
from heard.inbox.verbs import Draft, Then
from heard.inbox.verbs.addresses import typed_addresses
from heard.inbox.verbs.drafts import Words, draft_of
from heard.refusal import Refusal


def draft_in(request: PersonRequest, conversation: Conversation) -> Draft:
    """The draft in a form; Refusal when an address or a time can't be read.

    An emptied To names nobody; a form without one leaves it to the letter answered. The files
    kept with the person's draft on the server go along.
    """
    form = request.POST
    kind = "note" if form.get("kind") == "note" else "reply"
    kept = draft_of(request.user, conversation, kind)
    to = form.get("to")
    return Draft(
        text=form.get("text", ""),
        to=None if to is None else typed_addresses(to),
        cc=typed_addresses(form.get("cc", "")),
        bcc=typed_addresses(form.get("bcc", "")),
        files=request.FILES.getlist("files"),
        quote=form.get("quote") == "on",
        key=form.get("key") or None,
        answers=answered_in(request, conversation),
        forwards=form.get("forwards") == "on",
        kept=kept,
        version=number_in(request, "version"),
        after=number_in(request, "after"),
        leaves=leaving_in(request),
        then=then_in(request),
    )


def words_in(request: PersonRequest) -> Words:
    """What the composer holds while somebody types."""
    form = request.POST
    return Words(
        text=form.get("text", ""),
        to=form.get("to"),
        cc=form.get("cc"),
        bcc=form.get("bcc", ""),
        quote=form.get("quote") == "on" if "to" in form else None,
        version=number_in(request, "version"),
        key=form.get("key", ""),
        seen=number_in(request, "after"),
    )


def answered_in(request: PersonRequest, conversation: Conversation) -> Message | None:
    """The letter that the form answers or forwards, if it says so and it stands here."""
    pk = number_in(request, "answers")
    return conversation.messages.filter(pk=pk).first() if pk else None


def leaving_in(request: PersonRequest) -> Leaving | None:
    """When the letter leaves: at the time chosen, else after the person's seconds to undo."""
    form = request.POST
    if form.get("leaves"):
        return chosen_in(request)
    return moments.soon(clock.now(), request.user.undo_seconds)


def chosen_in(request: PersonRequest) -> Leaving:
    """The day and hour chosen in a form. Raises Refusal where it is none."""
    form = request.POST
    said = form.get("own", "") if form.get("leaves") == "own" else form.get("leaves", "")
    zone = form.get("zone") or zone_of(request)
    return moments.chosen(said, zone, clock.now(), anyway=form.get("anyway") == "on")


def then_in(request: PersonRequest) -> Then | None:
    """What is done after sending: «close», «snooze», or «snooze» and until when."""
    do, _, until = request.POST.get("then", "").partition(" ")
    if do == "close":
        return Then("close")
    if do != "snooze":
        return None
    zone = request.POST.get("zone") or zone_of(request)
    return Then("snooze", moments.chosen(until, zone, clock.now()).at if until else None)


def zone_of(request: PersonRequest) -> str:
    """The zone in which this person reads the clock."""
    return moments.zone_of(request.user.time_zone)


def number_in(request: PersonRequest, name: str) -> int | None:
    """A whole number of a form; None where there is none, Refusal where it is something else."""
    typed = request.POST.get(name, "")
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 18:
        raise Refusal("This form can't be read. Load the page again.", code="form", field=name)
    return int(typed)
