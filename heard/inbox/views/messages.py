"""Writing, sending again, and looking at a letter as it was sent."""

from __future__ import annotations

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.inbox import original, queries, verbs
from heard.inbox.access import back_to, saying_why
from heard.inbox.models import Conversation
from heard.inbox.verbs import drafts
from heard.inbox.verbs.crossing import Crossed
from heard.inbox.views.writing import draft_in, words_in
from heard.refusal import Refusal


@require_POST
@saying_why
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a reply or keep a note; what is refused stays a draft."""
    one = queries.conversation_of(request.user, pk)
    verb = verbs.note if request.POST.get("kind") == "note" else verbs.reply
    try:
        verb(request.user, one, draft_in(request, one))
    except Refusal as refusal:
        _keep(request, one)
        if isinstance(refusal, Crossed) and request.headers.get("HX-Request"):
            return crossed(request, one, refusal)
        raise
    return redirect(f"/conversations/{one.pk}")


def crossed(request: PersonRequest, one: Conversation, refusal: Crossed) -> HttpResponse:
    """What came in between, with a way to send all the same."""
    shown = {"crossed": refusal, "conversation": one, "newest": refusal.letters[-1].pk}
    return render(request, "inbox/_crossed.html", shown, status=409)


def _keep(request: PersonRequest, one: Conversation) -> None:
    """A form without scripts is gone with its answer: its words wait on the server."""
    if request.headers.get("HX-Request") or not request.POST.get("text", "").strip():
        return
    kind = "note" if request.POST.get("kind") == "note" else "reply"
    with transaction.atomic():
        drafts.keep(request.user, one, kind, words_in(request))


@require_POST
@saying_why
def retry(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a letter again, with its words or its address changed if the form says so."""
    message = queries.message_of(request.user, pk)
    verbs.retry(request.user, message, text=request.POST.get("text"), to=request.POST.get("to"))
    return back_to(request, f"/conversations/{message.conversation_id}")


@require_safe
@xframe_options_sameorigin
def show_original(request: PersonRequest, pk: int) -> HttpResponse:
    """The letter as it was sent, in a frame that runs nothing; pictures from afar on request."""
    message = queries.message_of(request.user, pk)
    pictures = request.GET.get("pictures") == "yes"
    response = render(
        request,
        "inbox/original.html",
        {"message": message, "html": original.page(message, pictures=pictures)},
    )
    response.headers["Content-Security-Policy"] = original.policy(pictures=pictures)
    return response


@require_safe
def attachment(request: PersonRequest, pk: int) -> FileResponse:
    """A file, for those who reach its conversation; shown only where that is harmless."""
    file = queries.attachment_of(request.user, pk)
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=not file.is_image,
        filename=file.name,
        content_type=file.content_type if file.is_image else "application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
