"""What people fill in about saved replies and macros."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User
from heard.automation.models import Macro, SavedReply
from heard.automation.models.circle import Shared
from heard.automation.queries import replies_of
from heard.automation.steps import read
from heard.automation.verbs import Plan, Words, may_share, teams_to_share


class WhoseForm(forms.Form):
    """A name, and who sees what is called so. one: what is changed, none for a new one."""

    name = forms.CharField(label=_("Name"), max_length=80)
    whose = forms.ChoiceField(label=_("Who sees it"))

    def __init__(self, *args: Any, person: User, one: Shared | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("me", _("Only me"))]
        choices += [(str(team.pk), team.name) for team in teams_to_share(person)]
        if may_share(person):
            choices.append(("everyone", _("Everyone")))
        if one and one.circle not in dict(choices):
            choices.append((one.circle, str(one.team or _("Everyone"))))
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - named above
        field.choices = choices
        # Where there is nothing to choose, nobody is asked.
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
        field.initial = one.circle if one else "me"


class ReplyForm(WhoseForm):
    """A saved reply."""

    shortcut = forms.CharField(
        label=_("Shortcut"),
        max_length=30,
        required=False,
        help_text=_("A short word to find it by, such as «refund»."),
    )
    text = forms.CharField(
        label=_("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    field_order = ["name", "shortcut", "text", "whose"]

    def __init__(self, *args: Any, one: SavedReply | None = None, **kwargs: Any) -> None:
        super().__init__(*args, one=one, **kwargs)
        if one:
            kept = {"name": one.name, "shortcut": one.shortcut, "text": one.text}
            self.initial = {**self.initial, **kept}

    def words(self) -> Words:
        """What was filled in."""
        return Words(**self.cleaned_data)


class MacroForm(WhoseForm):
    """A macro; its steps are selects of their own, drawn by the page."""

    reply = forms.ModelChoiceField(
        label=_("Insert a saved reply"),
        queryset=SavedReply.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Its words come into the composer, to be read before they are sent."),
    )
    note = forms.CharField(
        label=_("Keep a note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only colleagues see it. Variables work here too."),
    )
    field_order = ["name", "reply", "note", "whose"]

    def __init__(self, *args: Any, person: User, one: Macro | None = None, **kwargs: Any) -> None:
        super().__init__(*args, person=person, one=one, **kwargs)
        replies = self.fields["reply"]
        assert isinstance(replies, forms.ModelChoiceField)  # noqa: S101 - named above
        seen = replies_of(person)
        replies.queryset = seen | SavedReply.objects.filter(macros=one.pk) if one else seen
        if one:
            chosen = {"name": one.name, "reply": one.reply_id, "note": one.note}
            self.initial = {**self.initial, **chosen}

    def plan(self, typed: Sequence[str]) -> Plan:
        """What was filled in; typed: the steps as they were sent."""
        given = self.cleaned_data
        return Plan(
            name=given["name"],
            whose=given["whose"],
            reply=given["reply"],
            note=given["note"],
            steps=read(typed),
        )
