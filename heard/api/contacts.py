"""Contacts: who writes to us, and what is known of them."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from heard.accounts.access import PersonRequest
from heard.accounts.models import User
from heard.api.paging import USUAL, After, Limit, Page, page
from heard.api.schemas import contact as shape
from heard.api.schemas import shared
from heard.contacts import verbs
from heard.contacts.models import Contact
from heard.inbox.queries import contacts_of

router = Router(tags=["Contacts"])

WhoseAddress = Annotated[
    shared.Plain, Query("", max_length=320, description="Only who writes from this address.")
]


@router.get("", response=shared.Page[shape.Contact], summary="List contacts")
def list_contacts(
    request: PersonRequest, address: WhoseAddress = "", after: After = "", limit: Limit = USUAL
) -> Page[Contact]:
    """Those with a conversation within reach, as they were met."""
    found = _reached(request.user)
    if address:
        found = found.filter(identities__address=address.lower()).distinct()
    return page(found, ("id",), after, limit)


@router.get("/{int:id}", response=shape.Contact, summary="One contact")
def get_contact(request: PersonRequest, id: int) -> Contact:
    """A contact within reach."""
    return get_object_or_404(_reached(request.user), pk=id)


@router.patch("/{int:id}", response=shape.Contact, summary="Write down what is known")
def change_contact(request: PersonRequest, id: int, change: shape.ContactChange) -> Contact:
    """Change what the body names; what it leaves out stays."""
    contact = get_object_or_404(_reached(request.user), pk=id)
    fields = change.model_dump(exclude_unset=True)
    return verbs.change(request.user, contact, **fields) if fields else contact


def _reached(user: User) -> QuerySet[Contact]:
    return contacts_of(user).select_related("company").prefetch_related("identities")
