"""Contacts reached through the person who looks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from heard.accounts.models import User
from heard.contacts.models import Contact


def contacts_of(user: User) -> QuerySet[Contact]:
    """The contacts this person has a conversation with in reach; an admin reaches all.

    The conversations are named by relation, not imported: their room lies above this one.
    """
    if user.is_admin:
        return Contact.objects.all()
    conversations = Contact._meta.get_field("conversations").related_model
    reached = conversations.objects.of(user).filter(contact=OuterRef("pk"))  # type: ignore[union-attr]
    return Contact.objects.filter(Exists(reached))
