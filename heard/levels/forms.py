"""What people fill in about service levels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import Calendar
from heard.levels import lengths
from heard.levels.models import Policy
from heard.levels.verbs.policies import Promise, check
from heard.refusal import Refusal


class LengthField(forms.CharField):
    """A length of working time in words; its value is a number of minutes, None for nothing."""

    def to_python(self, value: Any) -> int | None:  # type: ignore[override] # minutes, not words
        """The minutes of «4 h»."""
        try:
            return lengths.parsed(str(value or ""))
        except Refusal as refusal:
            raise ValidationError(refusal.says) from refusal

    def prepare_value(self, value: Any) -> Any:
        """«4 h» for 240; what was typed as it was."""
        return lengths.written(value) if isinstance(value, int) else value


class PolicyForm(forms.Form):
    """A policy, from its name to when a breach is announced."""

    name = forms.CharField(label=_("Name"), max_length=80)
    applies_to = forms.CharField(
        label=_("Applies to"),
        max_length=500,
        required=False,
        help_text=_(
            "As in the search over the list: company:Acme, tag:vip, inbox:Support, channel:email, "
            "from:ines. Left empty, it applies to every conversation that no policy above it fits."
        ),
    )
    first_minutes = LengthField(
        label=_("First answer within"), required=False, help_text=_("Such as «30 min» or «4 h».")
    )
    next_minutes = LengthField(
        label=_("Next answers within"),
        required=False,
        help_text=_("From each letter of the customer's that comes after an answer of ours."),
    )
    resolution_minutes = LengthField(
        label=_("Resolution within"),
        required=False,
        help_text=_("From the first letter until the conversation is closed."),
    )
    clock = forms.ChoiceField(
        label=_("Counted by"), choices=Policy.Clock.choices, widget=forms.RadioSelect
    )
    calendar = forms.ModelChoiceField(
        label=_("Working hours"),
        queryset=Calendar.objects.all(),
        required=False,
        empty_label=_("None of its own"),
        help_text=_("Only where the clocks go by hours of the policy's own."),
    )
    pause = forms.BooleanField(
        label=_("Clocks stop while we wait for the customer"),
        required=False,
        help_text=_(
            "The one for the resolution from each answer of ours until the customer writes; all of "
            "them while a conversation is snoozed until the customer answers."
        ),
    )
    warn_minutes = LengthField(
        label=_("Tell at least so long before"),
        required=False,
        help_text=_("Otherwise when a fifth of the time is left."),
    )

    def __init__(self, given: QueryDict | None = None, *, policy: Policy | None = None) -> None:
        self.policy = policy
        begins = policy or Policy()
        initial = {name: getattr(begins, name) for name in self.base_fields if name != "calendar"}
        super().__init__(given, initial={**initial, "calendar": begins.calendar_id})

    def clean_name(self) -> str:
        """A name that no other policy has."""
        name: str = self.cleaned_data["name"]
        same = Policy.objects.filter(name=name).first()
        if same and same != self.policy:
            raise ValidationError(_("Another policy has this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        """Hold the whole against what a promise must be."""
        given = super().clean() or self.cleaned_data
        if given.get("clock") != Policy.Clock.OWN:
            given["calendar"] = None
        if not self.errors:
            try:
                check(Promise(**given))
            except Refusal as refusal:
                self.add_error(refusal.field or None, refusal.says)
        return given

    def promise(self) -> Promise:
        """What was filled in."""
        return Promise(**self.cleaned_data)
