"""How somebody wants to be told: a table of what by how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from heard.notifications.models import Digest, Kind, Preferences, Way


@dataclass(frozen=True, slots=True)
class Row:
    """One kind and whether each way is wanted for it."""

    kind: str
    says: str
    ways: list[tuple[str, str, bool]]


class PreferencesForm(forms.Form):
    """A tick for each kind and way, how often mail may come, and what a push may say."""

    digest = forms.ChoiceField(
        label=_("Mail with what you have not read"),
        choices=Digest.choices,
        widget=forms.RadioSelect,
        help_text=_("One mail for all of it, and none when there is nothing new."),
    )
    push_words = forms.BooleanField(
        label=_("Pushes show the first words"),
        required=False,
        help_text=_("They pass through the maker of your browser, sealed, and show on its screen."),
    )

    def __init__(self, *args: Any, kept: Preferences, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "digest": kept.digest,
            "push_words": kept.push_words,
            **{way.value: getattr(kept, way.value) for way in Way},
        }
        super().__init__(*args, **kwargs)
        for way in Way:
            self.fields[way.value] = forms.MultipleChoiceField(
                label=way.label, choices=Kind.choices, required=False
            )

    def rows(self) -> Iterator[Row]:
        """The table as it stands now, typed values first."""
        for kind in Kind:
            ways = [
                (way.value, str(way.label), kind.value in (self[way.value].value() or []))
                for way in Way
            ]
            yield Row(kind.value, str(kind.label), ways)

    def others(self) -> list[BoundField]:
        """The fields beside the table."""
        return [self["digest"], self["push_words"]]
