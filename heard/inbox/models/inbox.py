"""The inbox: a door with an address and the teams behind it."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import Team, User


class InboxQuerySet(models.QuerySet["Inbox"]):
    """The vocabulary of inboxes."""

    def of(self, user: User) -> InboxQuerySet:
        """The inboxes this person reaches: an admin all, others those of their teams."""
        if user.is_admin:
            return self
        return self.filter(
            pk__in=Inbox.teams.through.objects.filter(team__members=user).values("inbox_id")
        )


def reach_of(user: User) -> list[int]:
    """The ids of the inboxes this person reaches, looked up once for each request's user."""
    known: list[int] | None = user.__dict__.get("_reach")
    if known is None:
        known = list(Inbox.objects.of(user).order_by("pk").values_list("pk", flat=True))
        user.__dict__["_reach"] = known
    return known


class Inbox(models.Model):
    """Where customers write to, and who looks after it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    channel = models.CharField(max_length=20, default="email")
    address = models.EmailField(_("address"), unique=True)
    teams = models.ManyToManyField(Team, related_name="inboxes", blank=True)
    signature = models.TextField(_("signature"), blank=True)
    quote_history = models.BooleanField(
        _("quote earlier letters"),
        default=True,
        help_text=_("Adds the letter you answer below your own words."),
    )
    wake_on_automatic = models.BooleanField(
        _("automatic letters reopen"),
        default=False,
        help_text=_("Out-of-office replies and the like then reopen a closed conversation."),
    )
    join_by_subject = models.BooleanField(
        _("join by subject"),
        default=True,
        help_text=_(
            "Without a thread header, a letter joins a recent conversation of the same "
            "sender with the same subject."
        ),
    )
    tag_replies = models.BooleanField(
        _("tag the answer address"),
        default=False,
        help_text=_(
            "Answers then come to an address such as support+r-…@, which finds its "
            "conversation even where a mail program drops the thread headers."
        ),
    )
    analyse = models.BooleanField(_("listen to what is said"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "inboxes"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def hands_out(self) -> bool:
        """Whether one of its teams gives new conversations to its members by itself."""
        return self.teams.exclude(assign_by=Team.Way.HAND).exists()

    @property
    def domain(self) -> str:
        """The part of the address after the @."""
        return self.address.rpartition("@")[2]

    @property
    def presence_topic(self) -> str:
        """Under which it is told who looks at one of its conversations."""
        return f"attending:{self.pk}"

    @property
    def topic(self) -> str:
        """What open pages of this inbox listen to."""
        return f"inbox:{self.pk}"
