"""What people fill in about themselves, their colleagues, teams and tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.accounts import zones
from heard.accounts.models import ApiToken, Calendar, Team, User
from heard.channels.registry import CHANNELS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


MOST_OPEN = 500
ADDRESS_TAKEN = {"email": {"unique": _("Somebody here has this address already.")}}


def _zone_choices() -> list[tuple[str, StrOrPromise]]:
    places = ((name, name.replace("_", " ")) for name in zones.names())
    return [("", _("Same as the office")), *places]


class AddressField(forms.EmailField):
    """An address, in lower case as all of ours are kept: so one that is taken is seen."""

    def to_python(self, value: Any) -> str:
        """Without blanks around it, in lower case."""
        return str(super().to_python(value)).lower()


class SetupForm(forms.ModelForm[User]):
    """The first admin."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, and not one of the common ones."),
    )

    class Meta:
        model = User
        fields = ["name", "email"]
        error_messages = ADDRESS_TAKEN
        field_classes = {"email": AddressField}
        labels = {"name": _("Your name"), "email": _("Your email address")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
            "email": forms.EmailInput(attrs={"autocomplete": "username"}),
        }

    def clean(self) -> dict[str, Any]:
        """Hold the password against the validators, which also look at name and address."""
        given = super().clean() or self.cleaned_data
        person = User(name=given.get("name", ""), email=given.get("email", ""))
        try:
            validate_password(given.get("password", ""), person)
        except ValidationError as error:
            self.add_error("password", error)
        return given


class PersonForm(forms.ModelForm[User]):
    """A colleague, as an admin sees them."""

    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A person reaches the inboxes of their teams. Admins reach all."),
    )

    class Meta:
        model = User
        fields = ["name", "email", "role"]
        error_messages = ADDRESS_TAKEN
        field_classes = {"email": AddressField}
        help_texts = {
            "role": _("An agent answers, a lead also sees the team, an admin sets things up."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["teams"] = self.instance.teams.all()


class TeamForm(forms.ModelForm[Team]):
    """A team and who belongs to it."""

    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=User.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Team
        fields = ["name", "members", "assign_by", "same_colleague", "calendar"]
        widgets: ClassVar = {"assign_by": forms.RadioSelect}
        help_texts: ClassVar = {
            "calendar": _("When the team is there. Clocks of service levels stop outside of them.")
        }
        error_messages: ClassVar = {"name": {"unique": _("Another team has this name already.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = cast("forms.ModelChoiceField[Calendar]", self.fields["calendar"])
        hours.empty_label = str(_("Always there"))
        if self.instance.pk:
            # Saving must not drop those who may not sign in at the moment.
            belong = Q(is_active=True) | Q(teams=self.instance)
            field = cast("forms.ModelMultipleChoiceField[User]", self.fields["members"])
            field.queryset = User.objects.filter(belong).distinct()


class TokenForm(forms.Form):
    """A key for a program that acts as the person who makes it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What uses it, such as «order system»."),
    )
    scope = forms.ChoiceField(label=_("May"), choices=ApiToken.Scope.choices)
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
        initial=90,
    )


class ProfileForm(forms.ModelForm[User]):
    """What everybody may change about themselves."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=_zone_choices,
        required=False,
        help_text=_("Dates such as «by Friday» in your letters are read in this zone."),
    )

    undo_seconds = forms.TypedChoiceField(
        label=_("Undo sending"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[(0, _("Off")), *((n, _("%d seconds") % n) for n in (5, 10, 20, 30))],
        help_text=_("A letter leaves this long after «Send»; until then you can take it back."),
    )

    class Meta:
        model = User
        fields = ["name", "time_zone", "undo_seconds"]
        help_texts = {"name": _("Customers see it on your letters.")}


class CapacityForm(forms.Form):
    """How much a colleague takes by each channel before nothing more is handed to them."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = dict(person.capacities.values_list("channel", "most"))
        for kind in CHANNELS:
            self.fields[kind] = forms.IntegerField(
                label=_("Open at once by %s") % kind,
                min_value=0,
                max_value=MOST_OPEN,
                required=False,
                initial=kept.get(kind),
                help_text=_("Empty: no limit. Nothing is handed out above it."),
            )
