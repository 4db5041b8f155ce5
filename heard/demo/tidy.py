"""How the company keeps its letters tidy: tagged, put aside, linked, and a pair to merge."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from heard import clock
from heard.accounts.models import User
from heard.demo.script import OFFICE
from heard.inbox import verbs
from heard.inbox.models import Conversation

TAGS = {
    "Credit for the bearing press": ("Refund",),
    "Credit for the spoiled varnish": ("Refund", "Damaged on the way"),
    "Still no refund": ("Refund",),
    "The marble table arrived broken, photos": ("Damaged on the way", "Photos", "Insurance"),
    "Only half of the clamps came": ("Missing parts",),
    "Visor missing from helmet": ("Missing parts",),
    "Compressor is too loud since the repair": ("Repair",),
    "Compressor: third repair, now it leaks oil": ("Repair", "Warranty"),
    "Corvid tripping again": ("Repair",),
    "Warranty refused on my Bittern thicknesser": ("Warranty",),
}
LINKED = (
    ("Compressor: third repair, now it leaks oil", "Compressor is too loud since the repair"),
    ("For Maya, and a neighbour who needs a lathe", "Repair plan for the second workshop"),
)
# Put aside until the morning after next, or with nobody's name until they answer.
SNOOZED = {"Compressor: third repair, now it leaks oil": "tom"}
AWAITED = {"New bank details for our direct debit": "alice"}
# Two letters of one customer about one matter, which nobody has brought together yet.
PAIR = ("Corvid tripping again", "Corvid welder keeps tripping")


def tidy_up(people: dict[str, User], now: datetime) -> None:
    """Tell it through the verbs. What a small company has no conversation for is left out."""
    for subject, names in TAGS.items():
        if one := _called(subject):
            verbs.change_tags(people["maya"], one, add=names)
    for subject, other in LINKED:
        if (one := _called(subject)) and (linked := _called(other)):
            verbs.link(people["maya"], one, linked)
    with clock.at(now - timedelta(hours=2)):
        _put_aside(people, now)
    _hint()


def _put_aside(people: dict[str, User], now: datetime) -> None:
    day = (now.astimezone(OFFICE) + timedelta(days=2)).date()
    for subject, who in SNOOZED.items():
        if one := _called(subject):
            verbs.snooze(people[who], one, datetime.combine(day, time(9), OFFICE))
    for subject, who in AWAITED.items():
        if one := _called(subject):
            verbs.snooze(people[who], one, None)


def _hint() -> None:
    """The hint that a letter leaves which quotes a thread without being in it."""
    first, second = map(_called, PAIR)
    if first and second:
        why = "It refers to a letter of this conversation."
        Conversation.objects.filter(pk=first.pk).update(may_belong_to=second, may_belong_why=why)


def _called(subject: str) -> Conversation | None:
    return Conversation.objects.filter(subject=subject).first()
