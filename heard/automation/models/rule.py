"""The rule: when something happens, if a filter means the conversation, then steps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from heard import clock
from heard.accounts.models import User


class Rule(models.Model):
    """When an event of heard/flow.py, if a Filter, then acts. It acts for no person.

    problem: why it could not act when it last tried, in a sentence; empty when it could.
    """

    name = models.CharField(_("name"), max_length=80)
    on = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    when = models.CharField(max_length=60)
    q = models.CharField(max_length=500, blank=True)
    acts = models.JSONField(default=list)
    stops = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Firing(models.Model):
    """What a rule did about one event, or why it did not. Kept for 90 days.

    The conversation and the event are plain numbers: the log outlives them.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        DONE = "done", _("Done")
        NOTHING = "nothing", _("Nothing to change")
        REFUSED = "refused", _("Could not act")
        STOPPED = "stopped", _("Stopped")

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="firings")
    conversation_id = models.BigIntegerField()
    event_id = models.BigIntegerField()
    event = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=Outcome)
    says = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "rule"], name="firing_once")]
        indexes = [
            models.Index(fields=["rule", "-id"], name="firing_of_rule"),
            models.Index(fields=["rule", "conversation_id", "-at"], name="firing_of_conversation"),
            models.Index(fields=["at"], name="firing_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.outcome}"
