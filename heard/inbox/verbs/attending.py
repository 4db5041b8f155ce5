"""Who is at a conversation: told by their pages, shown to their colleagues, kept a few minutes."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from heard import clock
from heard.accounts.models import User
from heard.inbox.models import Conversation, Presence
from heard.live.notices import publish_on_commit

FORGOTTEN_AFTER = timedelta(hours=1)


@transaction.atomic
def attend(user: User, conversation: Conversation, *, writing: bool) -> None:
    """Somebody looks at a conversation, or types in it just now.

    Colleagues are told when that is news to them: who came, who began to write, who stopped.
    """
    now = clock.now()
    known = Presence.objects.filter(user=user, conversation=conversation).first()
    was_there = known is not None and known.until > now
    wrote = known is not None and known.is_writing(now)
    Presence.objects.bulk_create(
        [
            Presence(
                user=user, conversation=conversation, at=now, writing_at=now if writing else None
            )
        ],
        update_conflicts=True,
        unique_fields=["user", "conversation"],
        update_fields=["at", "writing_at"],
    )
    if not was_there or writing or wrote:
        tell(conversation, "presence.changed")


@transaction.atomic
def leave(user: User, conversation: Conversation) -> None:
    """Somebody has left the conversation's page."""
    gone, _rows = Presence.objects.filter(user=user, conversation=conversation).delete()
    if gone:
        tell(conversation, "presence.changed")


def tell(conversation: Conversation, name: str) -> None:
    """Tell the pages of this conversation, and no others, once the transaction has committed.

    It is no event: nobody asks a year later who was looking.
    """
    publish_on_commit([(name, conversation.presence_topics)])


def sweep() -> None:
    """Forget those who were last heard of an hour ago."""
    Presence.objects.filter(at__lt=clock.now() - FORGOTTEN_AFTER).delete()
