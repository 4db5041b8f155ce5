"""The link through which a person chooses a password, handed over by an admin.

Heard sends no mail of its own, so this also stands in for "forgot your password".
"""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from heard.accounts.models import User
from heard.events.verbs import record


@transaction.atomic
def invite(person: User, *, by: User) -> str:
    """The path of a page that works once, until settings.PASSWORD_RESET_TIMEOUT has passed.

    Recorded, because whoever holds the link can become that person.
    """
    _vouch_for_address(person)
    where = {
        "uidb36": user_pk_to_url_str(person),
        "key": default_token_generator.make_token(person),
    }
    record("person.invited", by=by, person=person.pk)
    return reverse("account_reset_password_from_key", kwargs=where)


def _vouch_for_address(person: User) -> None:
    # allauth keeps addresses of its own, unproven unless told otherwise, and gives nobody with
    # an unproven one a second step. The admin who hands over the link knows whose it is.
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
