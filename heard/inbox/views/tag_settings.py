"""Leads and admins look after the tags of the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.accounts.access import PersonRequest
from heard.inbox import queries, verbs
from heard.inbox.forms import TagForm
from heard.inbox.models import Tag
from heard.refusal import Refusal

P = ParamSpec("P")


def for_leads(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """The view for leads and admins, 404 for everybody else."""

    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not verbs.may_change_tags(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@for_leads
@require_http_methods(["GET", "POST"])
def tags(request: PersonRequest) -> HttpResponse:
    """List the tags; make one."""
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _make(request, form):
        return redirect("tags")
    return render(request, "inbox/tags.html", {"tags": Tag.objects.all(), "form": form})


@for_leads
@require_http_methods(["GET", "POST"])
def tag(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a tag another name."""
    one = get_object_or_404(Tag, pk=pk)
    form = TagForm(request.POST or None, initial={"name": one.name})
    if request.method == "POST" and form.is_valid() and _rename(request, form, one):
        return redirect("tags")
    return render(request, "inbox/tag.html", {"tag": one, "form": form})


@for_leads
@require_http_methods(["GET", "POST"])
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Say how many conversations carry it, and delete it once that is wanted."""
    one = get_object_or_404(Tag, pk=pk)
    if request.method == "POST":
        name = one.name
        verbs.delete_tag(request.user, one)
        messages.success(request, _("The tag “%(tag)s” is gone.") % {"tag": name})
        return redirect("tags")
    number, more = queries.tagged(one)
    return render(request, "inbox/tag_deletion.html", {"tag": one, "number": number, "more": more})


def _make(request: PersonRequest, form: TagForm) -> bool:
    return _told(form, lambda: verbs.make_tag(request.user, form.cleaned_data["name"]))


def _rename(request: PersonRequest, form: TagForm, one: Tag) -> bool:
    return _told(form, lambda: verbs.rename_tag(request.user, one, form.cleaned_data["name"]))


def _told(form: TagForm, act: Callable[[], Tag]) -> bool:
    """Whether it was done; a refusal stands at its field."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field or None, refusal.says)
        return False
    return True
