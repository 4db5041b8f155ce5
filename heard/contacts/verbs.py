"""Recognise who writes; keep what is known of them."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from heard.accounts.models import User
from heard.contacts.mailhosts import is_shared
from heard.contacts.models import Company, Contact, Identity
from heard.events.verbs import record
from heard.refusal import Refusal

# As long as the column is wide. No real address comes near it (RFC 5321, 4.5.3.1).
LONGEST = 320


@transaction.atomic(savepoint=False)
def identify(address: str, name: str = "", *, channel: str = "email") -> Contact:
    """The contact behind an address; a new one the first time it is seen.

    A name is only filled in where none stood: a customer's display name never overwrites what
    a colleague has written down.
    """
    address = address.strip().lower()[:LONGEST]
    known = _known(channel, address)
    if known is None:
        return _welcome(channel, address, name)
    if name and not known.name:
        known.name = name[:160]
        known.save(update_fields=["name"])
    return known


def _known(channel: str, address: str) -> Contact | None:
    return Contact.objects.filter(identities__channel=channel, identities__address=address).first()


def _welcome(channel: str, address: str, name: str) -> Contact:
    # Two letters of one newcomer may be opened at once: the identity's uniqueness decides,
    # and the one who lost takes the winner's contact.
    try:
        with transaction.atomic():
            contact = Contact.objects.create(name=name[:160], company=employer(address))
            Identity.objects.create(contact=contact, channel=channel, address=address)
    except IntegrityError:
        return Contact.objects.get(identities__channel=channel, identities__address=address)
    record("contact.met", contact=contact)
    return contact


def employer(address: str) -> Company | None:
    """The company with this address's domain; None for mail hosts that serve everyone."""
    domain = address.rpartition("@")[2]
    if not domain or is_shared(domain):
        return None
    return Company.objects.filter(domain=domain).first()


@transaction.atomic
def change(by: User, contact: Contact, **fields: object) -> Contact:
    """Write down a contact's name, language, time zone, or whether to analyse their words."""
    allowed = {"name", "language", "time_zone", "analyse"}
    if unknown := set(fields) - allowed:
        raise Refusal(f"Not a field of a contact: {', '.join(sorted(unknown))}.", code="unknown")
    for field, value in fields.items():
        setattr(contact, field, value)
    contact.save(update_fields=sorted(fields))
    record("contact.changed", by=by, contact=contact, fields=sorted(fields))
    return contact
