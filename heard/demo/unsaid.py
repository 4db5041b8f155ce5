"""What is not said yet at Larkfield: a letter that waits for its hour, and a reply Priya began."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from heard import clock
from heard.accounts.models import User
from heard.inbox import moments
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation
from heard.inbox.verbs import Draft, drafts
from heard.inbox.verbs.drafts import Words

LETTER = """Good morning,

thank you for your patience. I have asked our workshop, and they look at it first thing on that day.
I will write to you by noon with what they found.

Kind regards
{name}"""
BEGUN = "Thank you for writing. I have looked at your order and"
NINE = time(9)


def leave_unsaid(people: Mapping[str, User], now: datetime) -> None:
    """Plan a letter in a conversation of a customer abroad, and begin a reply in another."""
    waiting = list(_open_ones().exclude(contact__time_zone__in=["", "Europe/London"])[:1])
    for conversation in waiting:
        _plan(conversation.assignee or people["maya"], conversation, now)
    for conversation in _open_ones().exclude(pk__in=[one.pk for one in waiting])[:1]:
        with clock.at(now):
            drafts.keep(people["priya"], conversation, "reply", Words(text=BEGUN))


def _open_ones() -> QuerySet[Conversation]:
    """Support's newest open conversations in which the customer waits for an answer."""
    found = Conversation.objects.filter(inbox__name="Support", status=Conversation.Status.OPEN)
    return found.exclude(waiting_since=None).select_related("contact").newest_first()


def _plan(author: User, conversation: Conversation, now: datetime) -> None:
    zone = conversation.contact.time_zone
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=2)
    said = datetime.combine(day, NINE).strftime(moments.MINUTES)
    draft = Draft(
        text=LETTER.format(name=author.name), leaves=moments.chosen(said, zone, now, anyway=False)
    )
    with clock.at(now):
        inbox_verbs.reply(author, conversation, draft)
