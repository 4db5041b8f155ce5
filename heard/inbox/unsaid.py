"""What is not said yet: letters that wait for their time, and drafts."""

from __future__ import annotations

from django.db.models import QuerySet, Subquery
from django.shortcuts import get_object_or_404

from heard.accounts.models import User
from heard.inbox.lists import number_of
from heard.inbox.models import Conversation, DraftFile, KeptDraft, Message


def planned(user: User) -> QuerySet[Message]:
    """The letters within reach that wait for their time, the next to leave first."""
    waiting = Message.objects.filter(
        state=Message.State.PLANNED, conversation__in=Conversation.objects.of(user)
    )
    return waiting.select_related("conversation__contact", "user").order_by("leaves_at", "id")


def planned_count(user: User) -> Subquery:
    """How many letters wait for their time, as a number inside the shell's query."""
    return number_of(planned(user))


def draft_within_reach(user: User, pk: int) -> KeptDraft:
    """Anybody's draft in a conversation this person reaches; Http404 for a stranger."""
    reached = KeptDraft.objects.filter(conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached.select_related("conversation", "user"), pk=pk)


def draft_file_of(user: User, pk: int) -> DraftFile:
    """A file of a draft this person may see; Http404 for a stranger."""
    reached = DraftFile.objects.filter(draft__conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached.select_related("draft__conversation"), pk=pk)
