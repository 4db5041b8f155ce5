"""The saved view: a Filter with a name, for oneself, a team or everyone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import Team, User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """The vocabulary of saved views."""

    def of(self, user: User) -> SavedViewQuerySet:
        """Those this person sees: their own, their teams', and everyone's; admins every team's."""
        every_teams = Q(team__isnull=False) if user.is_admin else Q()
        return self.filter(_kept_for(user) | every_teams)

    def in_rail_of(self, user: User) -> SavedViewQuerySet:
        """Those beside every page: an admin's without what others keep for teams of others."""
        return self.of(user).filter(_kept_for(user) | Q(made_by=user))


def _kept_for(user: User) -> Q:
    teams = Team.objects.filter(members=user).values("pk")
    return Q(user=user) | Q(team__in=teams) | Q(user=None, team=None)


class SavedView(models.Model):
    """A list one comes back to. Its filter is kept as the text that a person would type."""

    name = models.CharField(_("name"), max_length=60)
    q = models.CharField(max_length=500, blank=True)
    sort = models.CharField(max_length=10, default="newest")
    # Whose: one person's, one team's, or with neither everyone's.
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="views")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="views")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
