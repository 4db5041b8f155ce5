"""Tags on a conversation, and what is typed to find one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.inbox import queries, verbs
from heard.inbox.access import saying_why
from heard.inbox.models import Tag
from heard.ui import undo

OFFERED = 8


@require_safe
def suggest(request: PersonRequest, pk: int) -> HttpResponse:
    """The tags that what is typed in `name` may mean, those it has left out."""
    one = queries.conversation_of(request.user, pk)
    typed = " ".join(request.GET.get("name", "").replace("\0", "").split())
    found = Tag.objects.like(typed).exclude(pk__in=one.tag_ids)[:OFFERED]
    shown = {"tags": found, "typed": typed, "known": Tag.objects.named(typed) is not None}
    return render(request, "inbox/_tag_choices.html", shown)


@require_POST
@saying_why
def tag(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the tag of this name on; a new name makes a new tag."""
    one = queries.conversation_of(request.user, pk)
    before = set(one.tag_ids)
    put_on = verbs.make_tag(request.user, request.POST.get("name", ""))
    verbs.tag(request.user, one, put_on)
    if put_on.pk not in before:
        says = _("Tagged “%(tag)s”.") % {"tag": put_on.name}
        undo.offer(request, says, f"/conversations/{one.pk}/tags/{put_on.pk}/delete")
    return redirect(f"/conversations/{one.pk}")


@require_POST
@saying_why
def untag(request: PersonRequest, pk: int, tag: int) -> HttpResponse:
    """Take a tag off."""
    one = queries.conversation_of(request.user, pk)
    taken = get_object_or_404(Tag, pk=tag)
    verbs.untag(request.user, one, taken)
    says = _("“%(tag)s” taken off.") % {"tag": taken.name}
    undo.offer(request, says, f"/conversations/{one.pk}/tags", name=taken.name)
    return redirect(f"/conversations/{one.pk}")
