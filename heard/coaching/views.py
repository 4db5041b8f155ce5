"""The quiet margin beside the draft."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from heard.accounts.access import PersonRequest
from heard.coaching import verbs
from heard.inbox import queries


@require_POST
def advice(request: PersonRequest, pk: int) -> HttpResponse:
    """Advice on the draft in the form, and a word when it is for nobody."""
    draft = request.POST.get("text", "")
    conversation = queries.conversation_of(request.user, pk)
    counsel = verbs.counsel(conversation, draft)
    shown = {
        "advice": counsel.advice,
        "ready": counsel.ready,
        "draft": draft.strip(),
        "for_nobody": not request.POST.get("to", "?").strip(" ,;"),
    }
    return render(request, "coaching/_advice.html", shown)
