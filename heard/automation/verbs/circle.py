"""Whose a saved reply or a macro is, and who may change it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from heard.accounts.models import Role, Team, User
from heard.automation.models.circle import Shared
from heard.refusal import Refusal


def may_share(by: User) -> bool:
    """Whether this person keeps such things for teams and everyone: leads and admins."""
    return by.role != Role.AGENT


def teams_to_share(by: User) -> list[Team]:
    """The teams that this person may keep something for."""
    if not may_share(by):
        return []
    return list(Team.objects.all() if by.is_admin else Team.objects.filter(members=by))


def may_change(by: User, one: Shared) -> bool:
    """Whether this person may change it: one's own, and what is shared for leads and admins."""
    if one.user_id:
        return one.user_id == by.pk
    return one.made_by_id == by.pk or may_share(by)


def check_change(by: User, one: Shared) -> None:
    """Raise Refusal for who may not change it."""
    if not may_change(by, one):
        says = _("Only a lead or an admin can change what is shared.")
        raise Refusal(says, code="role")


def call(one: Shared, name: str) -> None:
    """Give it a name; Refusal for an empty one."""
    one.name = " ".join(name.replace("\0", "").split())[:80]
    if not one.name:
        raise Refusal(_("Give it a name."), code="empty", field="name")


def share(by: User, one: Shared, whose: str) -> None:
    """Keep it for oneself («me»), a team (its id) or «everyone»; not yet saved.

    Raises Refusal where this person may not.
    """
    if one.pk and whose == one.circle:
        return
    if whose == "me":
        one.user, one.team = by, None
        return
    team = next((team for team in teams_to_share(by) if str(team.pk) == whose), None)
    if team is None and not (whose == "everyone" and may_share(by)):
        says = _("Leads and admins share with a team or everyone; keep this for yourself.")
        raise Refusal(says, code="out-of-reach", field="whose")
    one.user, one.team = None, team
