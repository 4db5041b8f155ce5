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
    boxes = Inbox.objects.of(request.user)
    topics = [topic for box in boxes for topic in (box.topic, box.presence_topic)]
    topics.append(request.user.topic)
    return JsonResponse({"url": "/live?" + urlencode({"ticket": tickets.issue(topics)})})
