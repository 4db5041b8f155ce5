"""The saved view: a Filter with a name, for oneself, a team or everyone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import Team, User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """The vocabulary of saved views."""

    def of(self, user: User) -> SavedViewQuerySet:
        """Those this person sees: their own, their teams', and everyone's."""
        teams = Team.objects.filter(members=user).values("pk")
        everyones = Q(user=None, team=None)
        return self.filter(Q(user=user) | Q(team__in=teams) | everyones)


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
