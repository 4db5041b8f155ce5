"""Policies, and the terms that conversations have under them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard import clock
from heard.accounts.models import Calendar
from heard.inbox.models import Conversation
from heard.levels import course
from heard.levels.lengths import written
from heard.levels.terms import Allowed

MINUTE = timedelta(minutes=1)


class Policy(models.Model):
    """How soon some conversations are answered and done. The first that fits one is its policy."""

    class Clock(models.TextChoices):
        """Which hours count."""

        TEAM = "team", _("The working hours of the conversation's team")
        OWN = "own", _("The working hours chosen below")
        ALWAYS = "always", _("Day and night")

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveIntegerField(default=0)
    # The text of a Filter (heard.inbox.filters); empty for every conversation.
    applies_to = models.CharField(_("applies to"), max_length=500, blank=True)
    first_minutes = models.PositiveIntegerField(_("first answer within"), null=True, blank=True)
    next_minutes = models.PositiveIntegerField(_("next answers within"), null=True, blank=True)
    resolution_minutes = models.PositiveIntegerField(_("resolution within"), null=True, blank=True)
    clock = models.CharField(_("counted by"), max_length=10, choices=Clock, default=Clock.TEAM)
    calendar = models.ForeignKey(
        Calendar,
        verbose_name=_("working hours"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies",
    )
    pause = models.BooleanField(_("clocks stop while we wait for the customer"), default=True)
    warn_minutes = models.PositiveIntegerField(_("tell before"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return self.name

    @property
    def allowed(self) -> Allowed:
        """What it allows, for arithmetic."""
        minutes = {
            course.Kind.FIRST: self.first_minutes,
            course.Kind.NEXT: self.next_minutes,
            course.Kind.RESOLUTION: self.resolution_minutes,
        }
        times = {kind: number * MINUTE for kind, number in minutes.items() if number}
        return Allowed(times, pause=self.pause, warn=(self.warn_minutes or 0) * MINUTE)


class Term(models.Model):
    """One clock of a conversation and what became of it. What has ended stays as it was."""

    class Kind(models.TextChoices):
        """What is to be done in time."""

        FIRST = "first", _("First answer")
        NEXT = "next", _("Next answer")
        RESOLUTION = "resolution", _("Resolution")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="terms")
    policy = models.ForeignKey(Policy, null=True, on_delete=models.SET_NULL, related_name="+")
    # As it was called then: a policy may be deleted.
    policy_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    # Open time that is left while the clock is held, in seconds.
    left_seconds = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    dropped = models.BooleanField(default=False)
    missed_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    # From when on nobody of the team is there any more before it is due; none if they are.
    leaves_at = models.DateTimeField(null=True)
    # When there is something to tell next: that it falls due soon, then that it has.
    tell_at = models.DateTimeField(null=True)
    warned = models.BooleanField(default=False)
    told = models.BooleanField(default=False)

    class State(models.TextChoices):
        """How it stands."""

        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        MET = "met", _("Met")
        MISSED = "missed", _("Missed")
        DROPPED = "dropped", _("Not needed")

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "kind", "started_at"], name="term_once")
        ]
        indexes = [
            models.Index(
                fields=["tell_at"], name="term_tell", condition=models.Q(tell_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.policy_name})"

    @property
    def state(self) -> Term.State:
        """How it stands; one that ran out is missed, whether or not it has ended since."""
        if self.missed_at:
            return self.State.MISSED
        if self.ended_at:
            return self.State.DROPPED if self.dropped else self.State.MET
        return self.State.RUNNING if self.due_at else self.State.PAUSED

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.ended_at is None

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still for now."""
        return self.is_open and self.due_at is None

    @property
    def team_has_left(self) -> bool:
        """Whether nobody of the team is there any more until it is due."""
        return self.leaves_at is not None and self.leaves_at <= clock.now()

    @property
    def left(self) -> str:
        """The working time that is left while it is paused, in words."""
        return written(max(1, round(self.left_seconds / 60)))
