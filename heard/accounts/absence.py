"""Being away and coming back, and how much a person takes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from heard import clock
from heard.accounts.models import Capacity, User, WhileAway
from heard.events.verbs import record
from heard.refusal import Refusal


@transaction.atomic
def go_away(
    person: User,
    *,
    until: datetime | None = None,
    stand_in: User | None = None,
    while_away: str = WhileAway.KEEP,
) -> None:
    """Be away from now on; nothing new is handed to this person. May be said again to change it.

    until: None for as long as the person does not say otherwise. while_away: a WhileAway.
    Raises Refusal for an end that has passed and for a stand-in that is missing or oneself.
    """
    _check(person, until, stand_in, while_away)
    person.away_since = person.away_since if person.is_away else clock.now()
    person.away_until, person.stand_in, person.while_away = until, stand_in, while_away
    person.save(update_fields=["away_since", "away_until", "stand_in", "while_away"])
    record("person.away", by=person, person=person.pk)


@transaction.atomic
def come_back(person: User) -> None:
    """Be here again. Coming back twice is the same as coming back once."""
    if person.away_since is None:
        return
    person.away_since = person.away_until = None
    person.save(update_fields=["away_since", "away_until"])
    record("person.back", by=person, person=person.pk)


@transaction.atomic
def set_capacity(person: User, *, by: User, channel: str, most: int | None) -> None:
    """Say how many open conversations of a channel a person takes; None for no limit."""
    if most is None:
        Capacity.objects.filter(user=person, channel=channel).delete()
    else:
        Capacity.objects.update_or_create(user=person, channel=channel, defaults={"most": most})
    record("person.changed", by=by, person=person.pk, channel=channel, most=most)


def _check(person: User, until: datetime | None, stand_in: User | None, while_away: str) -> None:
    if until is not None and until <= clock.now():
        says = _("That time has passed. Choose a later one, or none.")
        raise Refusal(says, code="passed", field="until")
    if stand_in is not None and stand_in.pk == person.pk:
        says = _("You can't stand in for yourself. Choose a colleague.")
        raise Refusal(says, code="stand-in", field="stand_in")
    if stand_in is None and while_away == WhileAway.STAND_IN:
        says = _("Choose who stands in for you.")
        raise Refusal(says, code="stand-in", field="stand_in")
