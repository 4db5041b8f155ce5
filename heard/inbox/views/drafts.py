"""Drafts as the pages keep them: words while one types, files, and a colleague's begun reply."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.inbox import queries, unsaid
from heard.inbox.access import saying_why
from heard.inbox.company import company_at
from heard.inbox.models import Conversation
from heard.inbox.verbs import attending, drafts
from heard.inbox.verbs.drafts import Changed
from heard.inbox.views.composer import told
from heard.inbox.views.writing import words_in
from heard.refusal import Refusal


def kind_in(request: PersonRequest) -> str:
    """Whether the form is about the reply or the note."""
    return "note" if request.POST.get("kind") == "note" else "reply"


@require_POST
@saying_why
def keep(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep what is typed: the version it has now; 409 with the other words where there are some."""
    one = queries.conversation_of(request.user, pk)
    try:
        draft = drafts.keep(request.user, one, kind_in(request), words_in(request))
    except Changed as changed:
        return JsonResponse({"says": changed.says, "draft": told(changed.draft)}, status=409)
    return JsonResponse({"version": draft.version if draft else 0})


@require_POST
@saying_why
def attach(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a file with the draft."""
    one = queries.conversation_of(request.user, pk)
    chosen = request.FILES.get("file")
    if chosen is None:
        raise Refusal("The file did not arrive. Attach it again.", code="file", field="file")
    file = drafts.attach(request.user, one, kind_in(request), chosen)
    # A page that knew the version of words it never read would cover them.
    version = 0 if file.draft.text.strip() else file.draft.version
    kept = {"id": file.pk, "name": file.name, "size": file.size}
    return JsonResponse({**kept, "version": version})


@require_POST
@saying_why
def detach(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file away from one's own draft."""
    file = unsaid.draft_file_of(request.user, pk)
    if file.draft.user_id == request.user.pk:
        drafts.detach(file)
    return HttpResponse(status=204)


@require_safe
def draft_file(request: PersonRequest, pk: int) -> FileResponse:
    """A file of a draft, always handed over as a download."""
    file = unsaid.draft_file_of(request.user, pk)
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
def words(request: PersonRequest, pk: int) -> HttpResponse:
    """What a colleague has written so far."""
    draft = unsaid.draft_within_reach(request.user, pk)
    return render(request, "inbox/_draft_words.html", {"draft": draft})


@require_POST
@saying_why
def go_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Go on with a colleague's draft."""
    draft = unsaid.draft_within_reach(request.user, pk)
    drafts.go_on(request.user, draft, request.POST.get("typed", ""))
    return redirect(f"/conversations/{draft.conversation_id}")


@require_POST
@saying_why
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin an answer to this very letter."""
    letter = queries.message_of(request.user, pk)
    drafts.answer(request.user, letter, request.POST.get("typed", ""))
    return redirect(f"/conversations/{letter.conversation_id}#draft")


@require_POST
@saying_why
def forward(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin to pass a letter on."""
    letter = queries.message_of(request.user, pk)
    drafts.forward(request.user, letter, request.POST.get("typed", ""))
    return redirect(f"/conversations/{letter.conversation_id}#draft")


@require_POST
@saying_why
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw one's own draft away."""
    one = queries.conversation_of(request.user, pk)
    if draft := drafts.draft_of(request.user, one, kind_in(request)):
        drafts.drop(draft)
    return redirect(f"/conversations/{pk}")


@require_safe
def presence(request: PersonRequest, pk: int) -> HttpResponse:
    """Who else is here, and what they have begun."""
    return _presence(request, queries.conversation_of(request.user, pk))


@require_POST
def attend(request: PersonRequest, pk: int) -> HttpResponse:
    """One's page says: looking, writing, or gone. Who looks sees who else is here."""
    one = queries.conversation_of(request.user, pk)
    doing = request.POST.get("doing")
    if doing == "gone":
        attending.leave(request.user, one)
        return HttpResponse(status=204)
    attending.attend(request.user, one, writing=doing == "writing")
    return _presence(request, one)


def _presence(request: PersonRequest, one: Conversation) -> HttpResponse:
    shown = {"conversation": one, "company": company_at(request.user, one)}
    return render(request, "inbox/_presence.html", shown)
