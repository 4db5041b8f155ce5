"""Steps: the acts of heard/inbox/acts.py as macros and rules keep them, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from heard.accounts.models import Team, User
from heard.inbox import acts
from heard.inbox.acts import KINDS, Changer
from heard.inbox.filters.fields import is_word
from heard.inbox.models import Tag
from heard.refusal import Refusal

MOST = 6
# Until when a step may snooze, and in words.
TIMES = {
    "answer": "until they answer",
    "4h": "for four hours",
    "1d": "for a day",
    "3d": "for three days",
    "7d": "for a week",
}
_SAYS = {
    "close": "close",
    "reopen": "open again",
    "snooze": "snooze %s",
    "assign": "assign to %s",
    "team": "give to the team %s",
    "tag": "tag “%s”",
    "untag": "take off the tag “%s”",
}
# What steps take, by the field of a Filter that names the same.
TAKEN = {"assigned": "person", "team": "team", "tag": "tag"}


@dataclass(frozen=True, slots=True)
class Step:
    """One act and what it takes, such as the name of a tag."""

    act: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.act}:{self.value}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that a form offers: how it is sent, and in words."""

    value: str
    label: str


def of(kept: Iterable[dict[str, Any]]) -> list[Step]:
    """The steps that a macro or rule keeps."""
    return [Step(one["act"], one.get("value", "")) for one in kept]


def kept(steps: Iterable[Step]) -> list[dict[str, str]]:
    """Steps as they are kept."""
    return [{"act": one.act, "value": one.value} for one in steps]


def read(typed: Iterable[str]) -> list[Step]:
    """The steps of a form, each «tag:refund»; empty lines count for nothing."""
    parted = (one.partition(":") for one in typed if one)
    return [Step(act, value.strip()) for act, _colon, value in parted]


def ready(steps: Sequence[Step], by: User | None) -> list[tuple[Step, Changer]]:
    """Each step made ready. Raises Refusal when one names what is gone, or there are too many."""
    if len(steps) > MOST:
        raise Refusal(_("At most %d steps.") % MOST, code="too-many", field="acts")
    return [(one, acts.ready(one.act, one.value, by)) for one in steps]


def said(steps: Sequence[Step]) -> str:
    """The steps in words: «tag “refund”, assign to Priya Raman, close»."""
    wanted = {one.value for one in steps if one.act == "assign"}
    found = User.objects.filter(email__in=wanted) if wanted else []
    names = {one.email: one.name for one in found}
    return ", ".join(_said(one, names) for one in steps)


def choices(user: User, *, alone: bool = False) -> list[tuple[str, list[Choice]]]:
    """What a form offers, in groups. alone: for a rule, which acts for no person."""
    people = User.objects.filter(is_active=True)
    own = [] if alone else [Choice("assign:me", _("Assign to whoever runs it"))]
    given = [*own, Choice("assign:nobody", _("Assign to nobody"))]
    given += [Choice(f"assign:{one.email}", f"Assign to {one.name}") for one in people]
    given += [Choice(f"team:{one.name}", f"Give to the team {one.name}") for one in _teams()]
    tags = list(Tag.objects.all())
    rest = [Choice(f"snooze:{time}", f"Snooze {says}") for time, says in TIMES.items()]
    return [
        (_("Status"), [Choice("close:", _("Close")), Choice("reopen:", _("Open again")), *rest]),
        (_("Who has it"), given),
        (_("Tags"), [Choice(f"tag:{one.name}", f"Tag “{one.name}”") for one in tags]),
        (_("Tags off"), [Choice(f"untag:{one.name}", f"Take off “{one.name}”") for one in tags]),
    ]


def renamed(kept: list[dict[str, str]], field: str, was: str, called: str) -> list[dict[str, str]]:
    """The same steps after something has got another name. field: as a Filter names it."""

    about = {name for name, kind in KINDS.items() if kind.takes == TAKEN.get(field)}

    def now(one: dict[str, str]) -> dict[str, str]:
        same = one["act"] in about and one.get("value", "").lower() == was.lower()
        return {**one, "value": called} if same and not is_word(field, was) else one

    return [now(one) for one in kept]


def _said(step: Step, names: dict[str, str]) -> str:
    words = _SAYS.get(step.act, step.act)
    if "%s" not in words:
        return words
    own = {"me": _("you"), "nobody": _("nobody"), "": _("nobody")} if step.act == "assign" else {}
    times = TIMES if step.act == "snooze" else {}
    return words % {**names, **own, **times}.get(step.value, step.value)


def _teams() -> Iterable[Team]:
    """Those that would see what they are given."""
    return Team.objects.filter(inboxes__isnull=False).distinct()
