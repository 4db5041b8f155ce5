"""What the palette knows beyond its page: where one was lately, every tag, the settings."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from heard.accounts.access import PersonRequest
from heard.accounts.models import User
from heard.inbox import queries
from heard.inbox.models import Conversation, Tag
from heard.inbox.verbs import may_change_tags

TAGS = 500


@require_safe
@never_cache
def palette(request: PersonRequest) -> JsonResponse:
    """Lines with their words and addresses, as palette.js shows them."""
    return JsonResponse(
        {
            "recent": [_line(one) for one in queries.recent(request.user)],
            "pages": list(_pages(request.user)),
            "tags": list(Tag.objects.values_list("name", flat=True)[:TAGS]),
        }
    )


def _line(one: Conversation) -> dict[str, str]:
    return {"label": str(one), "more": one.contact.called, "href": f"/conversations/{one.pk}"}


def _pages(user: User) -> Iterator[dict[str, str]]:
    """The settings this person may see."""
    yield _page(_("Your profile"), "accounts:profile")
    yield _page(_("API tokens"), "accounts:tokens")
    if may_change_tags(user):
        yield _page(_("Settings: tags"), "tags")
    if user.is_admin:
        yield _page(_("Settings: inboxes"), "gateway:inboxes")
        yield _page(_("Settings: people"), "accounts:people")
        yield _page(_("Settings: teams"), "accounts:teams")


def _page(label: str, view: str) -> dict[str, str]:
    return {"label": label, "more": "", "href": reverse(view)}
