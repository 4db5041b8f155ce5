"""Conversations as pages and the API ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from heard.accounts.models import Role, Team, User
from heard.contacts.models import Contact, Identity
from heard.inbox.happenings import happened
from heard.inbox.models import (
    Attachment,
    Conversation,
    Follower,
    Inbox,
    Link,
    Message,
    Participant,
    Seen,
    Tag,
)
from heard.inbox.models.inbox import reach_of

EARLIER = 6
RECENT = 8
MOST_COUNTED = 10_000


def conversation_of(user: User, pk: int) -> Conversation:
    """A conversation this person reaches, with what its page names; Http404 for a stranger.

    The number of a merged one leads to its heir.

    Everything comes in one query: `addresses` are the contact's, `taking_part` those of everyone
    in the conversation, `aside` of those a letter was only forwarded to, `happened` is what was
    done, `followed` whether this person follows it, `hint` whether this person also reaches the
    conversation it may belong to, and the reading is named by its relation because its room lies
    above this one.
    """
    addresses = Identity.objects.filter(contact=OuterRef("contact")).values("address")
    participants = Participant.objects.filter(conversation=OuterRef("pk"), aside=False)
    aside = Participant.objects.filter(conversation=OuterRef("pk"), aside=True)
    reached = Conversation.objects.of(user)
    found = reached.select_related(
        "inbox", "contact__company", "assignee", "team", "may_belong_to", "reading"
    ).annotate(
        addresses=ArraySubquery(addresses),
        taking_part=ArraySubquery(participants.values("address")),
        aside=ArraySubquery(aside.values("address")),
        happened=happened(),
        followed=Exists(Follower.objects.filter(user=user, conversation=OuterRef("pk"))),
        hint=Exists(reached.filter(pk=OuterRef("may_belong_to"))),
    )
    one = found.filter(pk=pk).first()
    return one or get_object_or_404(found, inherited__old_id=pk)


def message_of(user: User, pk: int) -> Message:
    """A message of a conversation this person reaches; Http404 for a stranger."""
    reached = Message.objects.filter(conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached.select_related("conversation__inbox"), pk=pk)


def attachment_of(user: User, pk: int) -> Attachment:
    """A file of a conversation this person reaches; Http404 for a stranger."""
    reached = Attachment.objects.filter(message__conversation__in=Conversation.objects.of(user))
    return get_object_or_404(reached, pk=pk)


def assignable(conversation: Conversation) -> QuerySet[User]:
    """The colleagues a conversation may be given to: its inboxes' teams, and the admins."""
    member = Inbox.teams.through.objects.filter(
        inbox__in=conversation.inbox_ids, team__members=OuterRef("pk")
    )
    return User.objects.filter(Q(role=Role.ADMIN) | Exists(member), is_active=True)


def colleagues_of(user: User) -> QuerySet[User]:
    """Those who look after one of this person's inboxes, and the admins; not the person."""
    member = Inbox.teams.through.objects.filter(
        inbox__in=reach_of(user), team__members=OuterRef("pk")
    )
    found = User.objects.filter(Q(role=Role.ADMIN) | Exists(member), is_active=True)
    return found.exclude(pk=user.pk)


def handed_over(messages: Iterable[Message]) -> Message | None:
    """The note a conversation was handed over with last, once other letters cover it.

    messages: those of its thread, in their order. None once somebody has answered, and while the
    note itself is what one sees first.
    """
    handed: Message | None = None
    covered = False
    for message in messages:
        if message.handed_to:
            handed, covered = message, False
        elif message.is_ours:
            handed = None
        else:
            covered = True
    return handed if covered else None


def teams_for(conversation: Conversation) -> QuerySet[Team]:
    """The teams a conversation may be given to; `sees` says which see it already."""
    own = Inbox.teams.through.objects.filter(inbox__in=conversation.inbox_ids, team=OuterRef("pk"))
    having = Team.objects.filter(inboxes__isnull=False).distinct()
    return having.annotate(sees=Exists(own)).order_by("-sees", "name")


def waiting_for(user: User, *, most: int = 100) -> int:
    """How many customers wait for an answer from this person, counted up to `most`."""
    mine = Conversation.objects.filter(assignee=user, status=Conversation.Status.OPEN)
    return mine.filter(waiting_since__isnull=False)[:most].count()


def thread(conversation: Conversation) -> QuerySet[Message]:
    """The messages of a conversation in the order they reached us, with files and authors."""
    return (
        conversation.messages.select_related("user")
        .prefetch_related("attachments")
        .order_by("at", "id")
    )


def messages_of(conversations: Sequence[Conversation]) -> QuerySet[Message]:
    """What was said in any of these, notes among it."""
    return Message.objects.filter(conversation__in=[one.pk for one in conversations])


def inboxes_named(ids: Sequence[int]) -> list[str]:
    """The names of these inboxes, in the order of the alphabet."""
    return list(Inbox.objects.filter(pk__in=set(ids)).values_list("name", flat=True))


def earlier(user: User, conversation: Conversation) -> list[Conversation]:
    """The contact's other conversations within this person's reach, newest first."""
    found = Conversation.objects.of(user).filter(contact=conversation.contact_id)
    others = found.exclude(pk=conversation.pk).select_related("contact")
    return list(others.newest_first()[:EARLIER])


def linked(user: User, conversation: Conversation) -> list[Conversation]:
    """The conversations linked to this one that the person reaches, newest first."""
    pairs = Link.objects.of(conversation).values_list("first_id", "second_id")
    others = {pk for pair in pairs for pk in pair} - {conversation.pk}
    found = Conversation.objects.of(user).filter(pk__in=others) if others else []
    return sorted(found, key=lambda one: one.last_at, reverse=True)


def recent(user: User) -> list[Conversation]:
    """The conversations this person looked at last, newest first, within their reach."""
    looked_at = Seen.objects.filter(user=user).order_by("-at", "-id")[:RECENT]
    order = list(looked_at.values_list("conversation_id", flat=True))
    found = Conversation.objects.of(user).filter(pk__in=order).select_related("contact")
    return sorted(found, key=lambda one: order.index(one.pk))


def tagged(tag: Tag) -> tuple[int, bool]:
    """How many conversations carry a tag, counted up to MOST_COUNTED, and whether more do."""
    carrying = Conversation.objects.filter(tag_ids__contains=[tag.pk]).order_by()
    number = carrying[: MOST_COUNTED + 1].count()
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def contacts_of(user: User) -> QuerySet[Contact]:
    """The contacts this person has a conversation with in reach; an admin reaches all."""
    if user.is_admin:
        return Contact.objects.all()
    reached = Conversation.objects.of(user).filter(contact=OuterRef("pk"))
    return Contact.objects.filter(Exists(reached))
