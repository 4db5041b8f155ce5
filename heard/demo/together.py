"""How the company works together: who is away, whose turn it is, what was handed over."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from heard import clock, flow
from heard.accounts.absence import go_away
from heard.accounts.models import Team, User
from heard.accounts.verbs import change_team
from heard.demo.script import OFFICE
from heard.inbox import verbs
from heard.inbox.models import Conversation
from heard.inbox.models.conversation import ConversationQuerySet
from heard.inbox.verbs import Draft, Handover
from heard.notifications import telling

People = dict[str, User]


def work_together(people: People, now: datetime) -> None:
    """Tell it through the verbs. What a small company has no conversation for is left out."""
    support = Team.objects.get(name="Support")
    members = support.members.all()
    change_team(
        support, by=people["sam"], name=support.name, members=members, assign_by=Team.Way.TURN
    )
    with clock.at(now - timedelta(minutes=50)):
        _hand_over(people)
        _step_away(people["tom"], people["priya"], now)
    with clock.at(now - timedelta(minutes=25)):
        _call_sam(people)
    with clock.at(now - timedelta(minutes=10)):
        _give_sam(people)


def _hand_over(people: People) -> None:
    """Tom leaves early and Priya goes on: with a brief, so that the customer need not repeat."""
    tom, priya = people["tom"], people["priya"]
    one = _waiting(tom).filter(open_asks__gt=0).order_by("-open_asks", "-last_at").first()
    if one is None:
        return
    words = "@Priya Raman, I have to leave early today. They expect an answer this afternoon."
    brief = flow.beside("handover", one)["brief"]
    note = verbs.hand_over(tom, one, Handover(to=priya, words=words, brief=brief))
    telling.note(note.pk, [priya.pk])
    telling.assigned(one.pk)


def _step_away(person: User, stand_in: User, now: datetime) -> None:
    tomorrow = (now.astimezone(OFFICE) + timedelta(days=1)).date()
    go_away(person, until=datetime.combine(tomorrow, time(9), OFFICE), stand_in=stand_in)


def _call_sam(people: People) -> None:
    """Jonas wants to know something that only Sam may decide."""
    one = _waiting(people["jonas"]).first()
    if one is None:
        return
    text = "@Sam Whitlock, may I write off the difference here? It is less than posting it back."
    note = verbs.note(people["jonas"], one, Draft(text=text))
    telling.note(note.pk, [people["sam"].pk])


def _give_sam(people: People) -> None:
    """Alice gives Sam one that she can't decide."""
    one = _waiting(people["alice"]).filter(inbox__name="Accounts").first()
    if one is None:
        return
    verbs.assign(people["alice"], one, people["sam"])
    telling.assigned(one.pk)


def _waiting(person: User) -> ConversationQuerySet:
    """What waits for this person, the newest first."""
    mine = Conversation.objects.filter(assignee=person, status=Conversation.Status.OPEN)
    return mine.filter(waiting_since__isnull=False).newest_first()
