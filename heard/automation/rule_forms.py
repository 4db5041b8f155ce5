"""What people fill in about rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.automation.models import Rule
from heard.automation.occasions import OCCASIONS
from heard.automation.steps import read
from heard.automation.verbs import Terms


class RuleForm(forms.Form):
    """A rule; its steps are selects of their own, drawn by the page."""

    name = forms.CharField(label=_("Name"), max_length=80)
    when = forms.ChoiceField(label=_("When"), choices=list(OCCASIONS.items()))
    q = forms.CharField(
        label=_("If"),
        max_length=500,
        required=False,
        help_text=_(
            "A filter as in the search, such as is:open tag:vip or inbox:Support from:ines. "
            "Empty: always."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    stops = forms.BooleanField(label=_("Later rules leave it alone"), required=False)

    def __init__(self, *args: Any, one: Rule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if one:
            kept = {"name": one.name, "when": one.when, "q": one.q, "stops": one.stops}
            self.initial = {**self.initial, **kept}

    def terms(self, typed: Sequence[str]) -> Terms:
        """What was filled in; typed: the steps as they were sent."""
        return Terms(**self.cleaned_data, steps=read(typed))
