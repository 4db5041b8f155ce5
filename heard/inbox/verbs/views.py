"""Saved views: keep one, change it, delete it."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.db.models import QuerySet

from heard.accounts.models import Role, Team, User
from heard.events.verbs import record
from heard.inbox.filters import read
from heard.inbox.filters.renaming import renamed
from heard.inbox.lists import ORDERS
from heard.inbox.models import Conversation, SavedView
from heard.refusal import Refusal

MOST = 100


@transaction.atomic
def keep_view(by: User, name: str, q: str, *, sort: str = "newest", whose: str = "me") -> SavedView:
    """Keep a filter under a name, for oneself, a team (its id) or everyone.

    Raises Refusal for a filter that means nothing, an empty name, or a team of others.
    """
    view = SavedView(made_by=by)
    _write(by, view, name, q, sort, whose)
    if SavedView.objects.filter(user=by).count() >= MOST:
        says = f"You keep {MOST} views already. Delete one first."
        raise Refusal(says, code="too-many", field="name")
    view.save()
    record("view.kept", by=by, view=view.pk)
    return view


@transaction.atomic
def change_view(
    by: User, view: SavedView, name: str, q: str, *, sort: str = "newest", whose: str = "me"
) -> SavedView:
    """Give a view another name, filter, order or circle. Refusal as for keep_view()."""
    _may_change(by, view)
    _write(by, view, name, q, sort, whose)
    view.save()
    record("view.changed", by=by, view=view.pk)
    return view


@transaction.atomic
def delete_view(by: User, view: SavedView) -> None:
    """Forget a view; the conversations in it stay where they are."""
    _may_change(by, view)
    record("view.deleted", by=by, view=view.pk, name_was=view.name)
    view.delete()


@transaction.atomic
def rename_in_views(field: str, was: str, called: str) -> None:
    """Let every view that asks for something by its old name ask for it by its new one."""
    asking = SavedView.objects.filter(q__icontains=f"{field}:").order_by("pk")
    for view in asking.select_for_update(no_key=True):
        # Where the new name has no room the old one stays, and the view says so when opened.
        with suppress(Refusal):
            view.q = renamed(view.q, field, was, called)
            view.save(update_fields=["q"])


def may_tell_everyone(by: User) -> bool:
    """Whether this person keeps views for everyone: leads and admins."""
    return by.role != Role.AGENT


def teams_to_tell(by: User) -> QuerySet[Team]:
    """The teams that this person may keep a view for."""
    return Team.objects.all() if by.is_admin else Team.objects.filter(members=by)


def _may_change(by: User, view: SavedView) -> None:
    if view.user_id == by.pk or view.made_by_id == by.pk or may_tell_everyone(by):
        return
    raise Refusal("Only who made this view, a lead or an admin can change it.", code="role")


def _write(by: User, view: SavedView, name: str, q: str, sort: str, whose: str) -> None:
    view.name = " ".join(name.split())[:60]
    if not view.name:
        raise Refusal("Give the view a name.", code="empty", field="name")
    meant = read(q)
    meant.applied(Conversation.objects.none(), by)
    view.q = str(meant)
    view.sort = sort if sort in ORDERS else "newest"
    view.user, view.team = _circle(by, whose)


def _circle(by: User, whose: str) -> tuple[User | None, Team | None]:
    if whose == "me":
        return by, None
    if whose == "everyone" and may_tell_everyone(by):
        return None, None
    team = teams_to_tell(by).filter(pk=whose).first() if whose.isdecimal() else None
    if team is None:
        says = "You can keep a view for yourself or for a team of yours."
        raise Refusal(says, code="out-of-reach", field="whose")
    return None, team
