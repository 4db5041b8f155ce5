"""What a person decides about asks and promises."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from heard.accounts.access import PersonRequest
from heard.inbox.access import saying_why
from heard.readings import queries, verbs
from heard.readings.models import Ask, Commitment
from heard.refusal import Refusal


@require_POST
@saying_why
def ask_state(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that an ask is answered, or open again."""
    ask = queries.ask_of(request.user, pk)
    answered = request.POST.get("state") == Ask.State.ANSWERED
    verbs.settle_ask(request.user, ask, answered=answered)
    return redirect(f"/conversations/{ask.message.conversation_id}/memory")


@require_POST
@saying_why
def commitment_state(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that a promise was kept in time or late, withdrawn, or is open after all."""
    commitment = queries.commitment_of(request.user, pk)
    state = request.POST.get("state", "")
    if state not in Commitment.State.values:
        raise Refusal(
            "A promise is open, kept, kept late or withdrawn.", code="state", field="state"
        )
    verbs.settle_commitment(request.user, commitment, state=state)
    return redirect(f"/conversations/{commitment.message.conversation_id}/memory")
