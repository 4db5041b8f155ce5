"""Handing a conversation over, with all that the next one must know, so that nobody asks twice."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from heard.accounts.models import Team, User
from heard.inbox.models import Conversation, Message
from heard.inbox.verbs.conduct import assign
from heard.inbox.verbs.follow import let_follow
from heard.inbox.verbs.take import give_team
from heard.inbox.verbs.write import Draft, note
from heard.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """To whom, and what they must know: one's own words and the brief, as Markdown.

    follow: the one who hands over goes on hearing of it.
    """

    to: User | None = None
    team: Team | None = None
    words: str = ""
    brief: str = ""
    follow: bool = True


@transaction.atomic
def hand_over(by: User, conversation: Conversation, handover: Handover) -> Message:
    """Give it to a colleague or a team and keep the brief as a note they see first.

    Raises Refusal when nobody is named, when both words and brief are empty, and as assign()
    and give_team() do; then nothing is done.
    """
    if handover.to is None and handover.team is None:
        says = _("Choose a colleague or a team to hand this over to.")
        raise Refusal(says, code="nobody", field="to")
    if handover.team is not None:
        conversation = give_team(by, conversation, handover.team)
    text = "\n\n".join(part for part in (handover.words.strip(), handover.brief.strip()) if part)
    message = note(by, conversation, Draft(text=text), handed_to=_name_of(handover))
    if handover.to is not None:
        assign(by, conversation, handover.to, why="handover")
    if handover.follow:
        let_follow(conversation, [by])
    return message


def _name_of(handover: Handover) -> str:
    named = handover.to or handover.team
    return str(named)[:160]
