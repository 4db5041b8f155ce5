"""The tag: a word by which conversations are found together."""

from __future__ import annotations

from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class TagQuerySet(models.QuerySet["Tag"]):
    """The vocabulary of tags."""

    def named(self, name: str) -> Tag | None:
        """The tag of this name, in large or small letters."""
        return self.alias(low=Lower("name")).filter(low=Lower(Value(name))).first()

    def like(self, typed: str) -> TagQuerySet:
        """Those whose name holds what is typed; the ones that begin with it stand first."""
        begins = models.Case(models.When(name__istartswith=typed, then=0), default=1)
        return self.filter(name__icontains=typed).order_by(begins, Lower("name"))


class Tag(models.Model):
    """A word of the team's own. Conversations name it by its id in `tag_ids`."""

    name = models.CharField(_("name"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_once")]

    def __str__(self) -> str:
        return self.name
