"""What is done to people and teams. Each verb owns its transaction and records its event.

`by` is the person who does it. A refusal is a Refusal with a sentence for the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from heard.accounts.calendars import (
    change_calendar,
    close_on,
    delete_calendar,
    make_calendar,
    open_on,
)
from heard.accounts.models import Calendar, Role, Team, User
from heard.accounts.naming import rename
from heard.accounts.tokens import issue_token, read_token, revoke_token
from heard.events.verbs import record
from heard.refusal import Refusal

__all__ = [
    "add_person",
    "admins",
    "change_calendar",
    "change_person",
    "change_profile",
    "change_team",
    "close_on",
    "deactivate",
    "delete_calendar",
    "issue_token",
    "make_calendar",
    "make_team",
    "open_on",
    "reactivate",
    "read_token",
    "revoke_token",
    "set_up",
]


@transaction.atomic
def set_up(*, name: str, email: str, password: str) -> User:
    """The first admin. Refused once anybody works here."""
    _wait_for_other_beginnings()
    if User.objects.exists():
        raise Refusal(_("Somebody has set this up already. Sign in instead."))
    person = User.objects.create_user(email, password, name=name, role=Role.ADMIN)
    record("person.added", by=person, person=person.pk, role=person.role)
    return person


@transaction.atomic
def add_person(
    *, by: User, name: str, email: str, role: str = Role.AGENT, teams: Iterable[Team] = ()
) -> User:
    """A new colleague without a password: they choose one through invitations.invite()."""
    person = User.objects.create_user(email, name=name, role=role)
    person.teams.set(teams)
    record("person.added", by=by, person=person.pk, role=role)
    return person


@transaction.atomic
def change_person(
    person: User, *, by: User, name: str, email: str, role: str, teams: Iterable[Team]
) -> None:
    """Change what an admin may change. Refused when no admin would be left."""
    if role != Role.ADMIN:
        _refuse_without_another_admin(person)
    was = _as_kept(person)
    User.objects.filter(pk=person.pk).update(name=name, email=email.strip().lower(), role=role)
    person.refresh_from_db()
    person.teams.set(teams)
    _forget_other_addresses(person)
    record("person.changed", by=by, person=person.pk, role=role)
    _rename(was, person, by=by)


@transaction.atomic
def change_profile(
    person: User, *, name: str, time_zone: str, undo_seconds: int | None = None
) -> None:
    """Change what everybody may change about themselves; an empty zone is the office's.

    undo_seconds: how long a letter of theirs can be called back; None leaves it.
    """
    was = _as_kept(person)
    person.name, person.time_zone = name, time_zone
    if undo_seconds is not None:
        person.undo_seconds = undo_seconds
    person.save(update_fields=["name", "time_zone", "undo_seconds"])
    record("person.changed", by=person, person=person.pk)
    _rename(was, person, by=person)


@transaction.atomic
def deactivate(person: User, *, by: User) -> None:
    """End a person's access at once, their tokens included. Refused for the last admin."""
    _refuse_without_another_admin(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    for token in person.tokens.filter(revoked_at=None):
        revoke_token(token, by=by)
    record("person.left", by=by, person=person.pk)


@transaction.atomic
def reactivate(person: User, *, by: User) -> None:
    """Let a person sign in again, with the password they had; tokens stay revoked."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("person.changed", by=by, person=person.pk, is_active=True)


@transaction.atomic
def make_team(
    name: str,
    *,
    by: User,
    members: Iterable[User] = (),
    assign_by: str = Team.Way.HAND,
    same_colleague: bool = True,
    calendar: Calendar | None = None,
) -> Team:
    """A new team; IntegrityError when the name is taken. assign_by: a Team.Way.

    Without a calendar it is there day and night.
    """
    team = Team.objects.create(
        name=name, assign_by=assign_by, same_colleague=same_colleague, calendar=calendar
    )
    _set_members(team, members, by=by)
    return team


@transaction.atomic
def change_team(
    team: Team,
    *,
    by: User,
    name: str,
    members: Iterable[User],
    assign_by: str = Team.Way.HAND,
    same_colleague: bool = True,
    calendar: Calendar | None = None,
) -> None:
    """Change a team; IntegrityError when another has the name. assign_by: a Team.Way."""
    was = Team.objects.select_for_update(no_key=True).get(pk=team.pk).name
    Team.objects.filter(pk=team.pk).update(
        name=name, assign_by=assign_by, same_colleague=same_colleague, calendar=calendar
    )
    team.refresh_from_db()
    rename("team", team.pk, was, team.name, by=by)
    _set_members(team, members, by=by)


def admins() -> QuerySet[User]:
    """Who sets things up here: whom to ask for what only they can do."""
    return User.objects.filter(role=Role.ADMIN, is_active=True)


def _set_members(team: Team, members: Iterable[User], *, by: User) -> None:
    team.members.set(members)
    belong = sorted(team.members.values_list("pk", flat=True))
    record("team.changed", by=by, team=team.pk, members=belong)


def _as_kept(person: User) -> User:
    # The row itself: a form has changed the person already. It waits for whoever renames too.
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _rename(was: User, person: User, *, by: User) -> None:
    """Let what names a person, by address or whole name, go on naming this one alone."""
    rename("person", person.pk, was.email, person.email, by=by)
    if not _means_others(was.name, person):
        called = person.email if _means_others(person.name, person) else person.name
        rename("person", person.pk, was.name, called, by=by)


def _means_others(name: str, person: User) -> bool:
    # A filter takes the beginning of a name too, and would then mean whoever else is called so.
    return User.objects.filter(name__istartswith=name).exclude(pk=person.pk).exists()


def _wait_for_other_beginnings() -> None:
    # Two people with the same link would else both find nobody here and both become admin.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_user IN SHARE ROW EXCLUSIVE MODE")


def _refuse_without_another_admin(person: User) -> None:
    # The rows are locked, so that two admins who demote each other cannot both succeed.
    left = [admin.pk for admin in admins().select_for_update().order_by("pk")]
    if left == [person.pk]:
        raise Refusal(_("At least one admin must remain. Make somebody else admin first."))


def _forget_other_addresses(person: User) -> None:
    # allauth keeps its own copies, and lets people sign in with every one of them.
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
