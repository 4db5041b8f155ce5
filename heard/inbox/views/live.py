"""The ticket an open page needs to hear what happens in its person's inboxes."""

from __future__ import annotations

from django.http import JsonResponse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from heard.accounts.access import PersonRequest
from heard.inbox.models import Inbox
from heard.live import tickets


@require_safe
@never_cache
def ticket(request: PersonRequest) -> JsonResponse:
    """Where to listen, for the next ten minutes."""
    topics = [request.user.topic, *(box.topic for box in Inbox.objects.of(request.user))]
    return JsonResponse({"url": "/live?" + urlencode({"ticket": tickets.issue(topics)})})
