"""The browsers a person lets us push to, and the worker that shows what was pushed."""

from __future__ import annotations

from pathlib import Path

import requests
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard import outgoing
from heard.accounts.access import PersonRequest
from heard.inbox.access import saying_why
from heard.notifications import push
from heard.notifications.models import Subscription

WORKER = Path(__file__).parent / "push-worker.js"


@login_not_required
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script a browser keeps: from here its scope is the whole house."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_POST
@saying_why
def add(request: PersonRequest) -> HttpResponse:
    """Let this browser be pushed to."""
    said = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth", "browser")}
    push.subscribe(request.user, **said)
    messages.success(request, _("This browser hears of things from now on."))
    return redirect("notifications:preferences")


@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Push to this browser no longer."""
    _own(request, pk).delete()
    messages.success(request, _("Removed."))
    return redirect("notifications:preferences")


@require_POST
def try_out(request: PersonRequest, pk: int) -> HttpResponse:
    """Push something small now, and say how that went."""
    try:
        push.send(_own(request, pk), push.greeting())
    except (requests.RequestException, outgoing.Forbidden) as error:
        messages.error(request, _("That did not work: %s") % error)
    else:
        messages.success(request, _("Sent. It shows in that browser in a moment."))
    return redirect("notifications:preferences")


def _own(request: PersonRequest, pk: int) -> Subscription:
    return get_object_or_404(Subscription, pk=pk, user=request.user)
