"""One conversation: its page, its parts, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard import clock, flow
from heard.accounts.access import PersonRequest
from heard.accounts.models import User
from heard.contacts.models import Contact
from heard.inbox import queries, verbs
from heard.inbox.access import saying_why, to_heirs
from heard.inbox.happenings import lines_of
from heard.inbox.models import Conversation, Message
from heard.inbox.thread import thread_of
from heard.inbox.views.composer import composer
from heard.inbox.views.lists import asked, place
from heard.inbox.views.snoozes import offered_times, way_back
from heard.ui import undo

# Asks, or promises, beside the letters: a letter may be a list of thousands.
OWED_SHOWN = 30
# The measure of what was said in a language without rules.
NOT_READ = "turns_not_read"


@require_safe
@to_heirs
def conversation(request: PersonRequest, pk: int) -> HttpResponse:
    """The page; opening it marks it as read."""
    one = queries.conversation_of(request.user, pk)
    verbs.see(request.user, one)
    heard = flow.beside("conversation", one)["heard"]
    messages = list(queries.thread(one))
    shown = {
        **place(request, asked(request)),
        **_thread(one, messages, heard),
        **composer(request.user, one, messages),
        **flow.beside("composer", one),
        "memory": _memory(request.user, one, heard),
        **_head(request, one),
        "handed_over": queries.handed_over(messages),
        **flow.beside("levels", one),
    }
    return render(request, "inbox/conversation.html", shown)


@require_safe
@to_heirs
def head(request: PersonRequest, pk: int) -> HttpResponse:
    """What stands over the letters: the subject and who has it."""
    one = queries.conversation_of(request.user, pk)
    shown = {**place(request, asked(request)), "conversation": one, **_head(request, one)}
    return render(request, "inbox/_head.html", shown)


@require_safe
@to_heirs
def thread(request: PersonRequest, pk: int) -> HttpResponse:
    """The letters alone, from the message `since` on; seen, because they are on the screen."""
    one = queries.conversation_of(request.user, pk)
    verbs.see(request.user, one)
    heard = flow.beside("conversation", one)["heard"]
    since = request.GET.get("since", "")
    first = int(since) if since.isdecimal() and len(since) < 19 else 0
    shown = _thread(one, list(queries.thread(one)), heard, first)
    return render(request, "inbox/_thread.html", shown)


@require_safe
@to_heirs
def memory(request: PersonRequest, pk: int) -> HttpResponse:
    """What stands beside the letters: the customer and what we owe them."""
    one = queries.conversation_of(request.user, pk)
    heard = flow.beside("conversation", one)["heard"]
    memory = _memory(request.user, one, heard)
    shown = {"conversation": one, "memory": memory, **flow.beside("levels", one)}
    return render(request, "inbox/_memory.html", shown)


def _thread(
    one: Conversation, messages: list[Message], heard: Any, since: int = 0
) -> dict[str, Any]:
    lines = lines_of(one.happened)  # type: ignore[attr-defined]
    thread = thread_of(messages, lines, heard.marks, since)
    shown = {"conversation": one, "thread": thread, "turned": heard.course.turned}
    return {**shown, "zone": one.contact.time_zone, "my_zone": str(timezone.get_current_timezone())}


def _head(request: PersonRequest, one: Conversation) -> dict[str, Any]:
    return {"people": queries.assignable(one), "later": offered_times()}


def _memory(user: User, one: Conversation, heard: Any) -> dict[str, Any]:
    contact: Contact = one.contact
    asks, more_asks = _foremost(heard.asks, done="answered")
    commitments, more_commitments = _foremost(heard.commitments, done="kept late withdrawn")
    return {
        "now": clock.now(),
        "contact": contact,
        "company": contact.company,
        "addresses": one.addresses,  # type: ignore[attr-defined] # annotated by conversation_of
        "earlier": queries.earlier(user, one),
        "linked": queries.linked(user, one),
        "may_delete": verbs.may_delete(user),
        "asks": asks,
        "more_asks": more_asks,
        "commitments": commitments,
        "more_commitments": more_commitments,
        "not_read": next((int(m.value) for m in heard.measures if m.name == NOT_READ), 0),
        "ties": heard.ties,
        "course": heard.course,
        "skills": heard.skills,
        "measures": heard.measures,
    }


def _foremost(owed: list[Any], *, done: str) -> tuple[list[Any], int]:
    """What the panel has room for, and how many are left over; if any, those done are first."""
    if len(owed) <= OWED_SHOWN:
        return owed, 0
    by_need = sorted(owed, key=lambda one: one.state in done.split())
    return by_need[:OWED_SHOWN], len(owed) - OWED_SHOWN


@require_POST
@saying_why
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """Close it."""
    one = queries.conversation_of(request.user, pk)
    undo.overrules_nobody(request, one.status)
    done = verbs.close(request.user, one)
    undo.offer(request, _("Closed."), **way_back(one), was=done.status)
    return back(done)


@require_POST
@saying_why
def reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    one = queries.conversation_of(request.user, pk)
    undo.overrules_nobody(request, one.status)
    done = verbs.reopen(request.user, one)
    undo.offer(request, _("Open again."), f"/conversations/{one.pk}/closure", was=done.status)
    return back(done)


@require_POST
@saying_why
def assign(request: PersonRequest, pk: int) -> HttpResponse:
    """Give it to a colleague, or to nobody."""
    one = queries.conversation_of(request.user, pk)
    chosen = request.POST.get("user", "")
    to = get_object_or_404(User, pk=chosen) if chosen.isdecimal() else None
    undo.overrules_nobody(request, one.assignee_id or "")
    given = verbs.assign(request.user, one, to)
    says = _("Given to %(who)s.") % {"who": to.name} if to else _("Nobody has it now.")
    path, before = f"/conversations/{one.pk}/assignment", one.assignee_id or ""
    undo.offer(request, says, path, user=before, was=to.pk if to else "")
    return back(given)


@require_POST
@saying_why
def join(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow the hint: make this conversation part of the one it may belong to."""
    one = queries.conversation_of(request.user, pk)
    into = queries.conversation_of(request.user, one.may_belong_to_id or 0)
    verbs.join(request.user, one, into)
    undo.offer(request, _("The two are one."), f"/conversations/{into.pk}/parts", old=one.pk)
    return back(into)


@require_POST
@saying_why
def keep_apart(request: PersonRequest, pk: int) -> HttpResponse:
    """Dismiss the hint."""
    return back(verbs.keep_apart(request.user, queries.conversation_of(request.user, pk)))


@require_POST
@saying_why
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Remove it for good."""
    verbs.delete(request.user, queries.conversation_of(request.user, pk))
    return redirect("/inbox")


def back(one: Conversation) -> HttpResponse:
    """To the page of the conversation."""
    return redirect(f"/conversations/{one.pk}")
