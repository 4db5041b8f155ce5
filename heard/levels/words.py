"""Policies in plain sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from heard.levels.lengths import written
from heard.levels.models import Policy

Clock = Policy.Clock


def sentences(policy: Policy) -> list[str]:
    """What a policy promises, a sentence for each thing."""
    hours = _hours(policy)
    promised = [
        (policy.first_minutes, _("First answer within %(time)s")),
        (policy.next_minutes, _("Next answers within %(time)s")),
        (policy.resolution_minutes, _("Resolution within %(time)s")),
    ]
    said = [f"{words % {'time': written(length)}}{hours}." for length, words in promised if length]
    if not policy.pause:
        said.append(_("Clocks go on while we wait for the customer."))
    return said


def _hours(policy: Policy) -> str:
    if policy.clock == Clock.ALWAYS:
        return _(", day and night")
    if policy.clock == Clock.OWN and policy.calendar:
        return _(" by «%s»") % policy.calendar.name
    return _(" of working time")
