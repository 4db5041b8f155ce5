"""Saved replies: the page that keeps them, and the list in the composer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.automation import queries, verbs
from heard.automation.forms import ReplyForm
from heard.inbox.access import saying_why
from heard.inbox.queries import conversation_of
from heard.inbox.variables import VARIABLES
from heard.refusal import Refusal


@require_http_methods(["GET", "POST"])
def replies(request: PersonRequest) -> HttpResponse:
    """List what this person sees; keep a new one."""
    form = ReplyForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.keep_reply(request.user, form.words())
            messages.success(request, _("Saved."))
            return redirect("automation:replies")
        except Refusal as refusal:
            _tell(form, refusal)
    listed = queries.replies_of(request.user).most_used_first()
    rows = [(one, verbs.may_change(request.user, one)) for one in listed]
    shown = {"rows": rows, "form": form, "variables": list(VARIABLES)}
    return render(request, "automation/replies.html", shown)


@require_http_methods(["GET", "POST"])
def reply(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change one."""
    one = get_object_or_404(queries.replies_of(request.user), pk=pk)
    form = ReplyForm(request.POST or None, person=request.user, one=one)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_reply(request.user, one, form.words())
            messages.success(request, _("Saved."))
            return redirect("automation:replies")
        except Refusal as refusal:
            _tell(form, refusal)
    shown = {
        "reply": get_object_or_404(queries.replies_of(request.user), pk=pk),
        "form": form,
        "may_change": verbs.may_change(request.user, one),
        "variables": list(VARIABLES),
    }
    return render(request, "automation/reply.html", shown)


@require_POST
@saying_why
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget one."""
    one = get_object_or_404(queries.replies_of(request.user), pk=pk)
    verbs.delete_reply(request.user, one)
    messages.success(request, _("«%s» is gone.") % one.name)
    return redirect("automation:replies")


@require_safe
def offered(request: PersonRequest, pk: int) -> JsonResponse:
    """What can be inserted into, and done with, this conversation."""
    return JsonResponse(queries.offered(request.user, conversation_of(request.user, pk)))


@require_POST
def use(request: PersonRequest, pk: int) -> HttpResponse:
    """Count that one was inserted."""
    verbs.count_reply(get_object_or_404(queries.replies_of(request.user), pk=pk))
    return HttpResponse(status=204)


def _tell(form: ReplyForm, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.says)
