"""Writing, sending again, and looking at a letter as it was sent."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.inbox import original, queries, verbs
from heard.inbox.access import saying_why
from heard.inbox.verbs import Draft
from heard.inbox.verbs.write import typed_addresses


@require_POST
@saying_why
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a reply or keep a note."""
    one = queries.conversation_of(request.user, pk)
    draft = draft_of(request)
    if request.POST.get("kind") == "note":
        verbs.note(request.user, one, draft)
    else:
        verbs.reply(request.user, one, draft)
    return redirect(f"/conversations/{one.pk}")


def draft_of(request: PersonRequest) -> Draft:
    """The draft in a form; Refusal when an address can't be read.

    An emptied To names nobody; a form without one leaves it to the letter answered.
    """
    to = request.POST.get("to")
    return Draft(
        text=request.POST.get("text", ""),
        to=None if to is None else typed_addresses(to),
        cc=typed_addresses(request.POST.get("cc", "")),
        files=request.FILES.getlist("files"),
        quote=request.POST.get("quote") == "on",
        key=request.POST.get("key") or None,
    )


@require_POST
@saying_why
def retry(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a letter again, with its words or its address changed if the form says so."""
    message = queries.message_of(request.user, pk)
    verbs.retry(request.user, message, text=request.POST.get("text"), to=request.POST.get("to"))
    return redirect(request.POST.get("next") or f"/conversations/{message.conversation_id}")


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
