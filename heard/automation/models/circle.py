"""Whose something is: one person's, one team's, or everyone's."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from heard import clock
from heard.accounts.models import Team, User


class SharedQuerySet(models.QuerySet[Any]):
    """The vocabulary of what is kept for a person, a team or everyone."""

    def of(self, user: User) -> Self:
        """Those this person sees: their own, their teams', and everyone's; admins every team's."""
        every_teams = Q(team__isnull=False) if user.is_admin else Q()
        return self.filter(_kept_for(user) | every_teams)

    def kept_for(self, user: User) -> Self:
        """Those this person works with: an admin's without what is for teams of others."""
        return self.filter(_kept_for(user))

    def most_used_first(self) -> Self:
        """Those used most first; of equals the newest used."""
        return self.order_by("-used", F("last_used").desc(nulls_last=True), "name", "pk")

    def count_use(self) -> int:
        """Count one more use of each, in one statement."""
        return self.update(used=F("used") + 1, last_used=clock.now())


def _kept_for(user: User) -> Q:
    teams = Team.objects.filter(members=user).values("pk")
    return Q(user=user) | Q(team__in=teams) | Q(user=None, team=None)


class Shared(models.Model):
    """What has a name and a circle, and is counted when it is used."""

    name = models.CharField(_("name"), max_length=80)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    used = models.PositiveIntegerField(default=0)
    last_used = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def circle(self) -> str:
        """Who sees it: «me», a team's id, or «everyone», as a form names it."""
        if self.user_id:
            return "me"
        return str(self.team_id) if self.team_id else "everyone"
