"""What waits at the border: letters that could not be opened, letters that have not left."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.access import PersonRequest
from heard.gateway import queries, verbs
from heard.gateway.models import Envelope
from heard.inbox.access import saying_why
from heard.inbox.queries import message_of

PAGE = 100


@require_safe
def attention(request: PersonRequest) -> HttpResponse:
    """Envelopes that could not be opened: nothing of them is lost."""
    found = queries.attention(request.user)
    return render(request, "gateway/attention.html", {"envelopes": found[:PAGE]})


@require_POST
@saying_why
def open_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Try an envelope once more."""
    verbs.open_again(request.user, queries.envelope_of(request.user, pk))
    return redirect("/attention")


@require_safe
def envelope_source(request: PersonRequest, pk: int) -> HttpResponse:
    """The raw letter of an envelope, as text."""
    return raw(queries.envelope_of(request.user, pk))


@require_safe
def message_source(request: PersonRequest, pk: int) -> HttpResponse:
    """The raw letter behind a message, as text."""
    message = message_of(request.user, pk)
    # A letter of ours may have envelopes too: those of the bounces that came back for it.
    came = message.envelopes.filter(digest=message.digest).order_by("pk").first()
    if came is None:
        raise Http404("This letter did not come from outside")
    return raw(came)


def raw(envelope: Envelope) -> HttpResponse:
    """Raw bytes as plain text that no browser takes for a page."""
    text = bytes(envelope.raw).decode("utf-8", "replace")
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
def queue(request: PersonRequest) -> HttpResponse:
    """Letters that have not left, with what the server said and when the next try is."""
    found = queries.unsent(request.user)
    return render(request, "gateway/queue.html", {"letters": found[:PAGE]})
