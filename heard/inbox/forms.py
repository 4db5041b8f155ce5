"""What people fill in about their own conversations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User, WhileAway
from heard.inbox.queries import colleagues_of

AS_TYPED = "%Y-%m-%dT%H:%M"


class AwayForm(forms.Form):
    """Until when somebody is away, and what becomes of those who wait for them."""

    until = forms.DateTimeField(
        label=_("Back at"),
        required=False,
        input_formats=[AS_TYPED, "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=AS_TYPED),
        help_text=_("Empty: until you say that you are back."),
    )
    stand_in = forms.ModelChoiceField(
        label=_("Who stands in for you"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    while_away = forms.ChoiceField(
        label=_("Your conversations whose customers wait"),
        choices=WhileAway.choices,
        widget=forms.RadioSelect,
        help_text=_("Those that wait now, and those that come while you are away."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        until = person.away_until if person.is_away else None
        kwargs["initial"] = {
            "until": timezone.localtime(until) if until else None,
            "stand_in": person.stand_in_id,
            "while_away": person.while_away,
        }
        super().__init__(*args, **kwargs)
        field = self.fields["stand_in"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - named above
        field.queryset = colleagues_of(person)


class TagForm(forms.Form):
    """The name of a tag; the verb says what is wrong with one."""

    name = forms.CharField(label=_("Name"), max_length=60)
