"""Taking the next one, and giving a conversation to a team."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from heard.accounts.models import Team, User
from heard.events.verbs import record
from heard.inbox.models import Conversation
from heard.inbox.models.conversation import ConversationQuerySet
from heard.inbox.verbs.conduct import assign, locked
from heard.refusal import Refusal


@transaction.atomic
def take_next(by: User) -> Conversation:
    """Take what waits longest and nobody has: first by its service level, then by its wait.

    Two who ask at once are given two different ones. Raises Refusal when nothing waits.
    """
    free = _free(by)
    for due in ("level_due", "waiting_since"):
        having = free.filter(**{f"{due}__isnull": False}).order_by(due, "id")
        # Whoever else is taking one holds it: it is passed over rather than waited for.
        found = having.select_for_update(skip_locked=True, of=("self",)).first()
        if found is not None:
            return assign(by, found, by)
    says = _("Nothing waits. Everything that came in has someone.")
    raise Refusal(says, code="nothing-waits")


@transaction.atomic
def give_team(by: User, conversation: Conversation, team: Team) -> Conversation:
    """Give a conversation to a team, which sees it from now on; whoever had it has it no longer.

    A team that looks after none of its inboxes reaches it through its own first one. Raises
    Refusal for a team without an inbox, which could never see it.
    """
    conversation = locked(conversation)
    reached = list(team.inboxes.order_by("pk").values_list("pk", flat=True))
    if not reached:
        says = _("%s looks after no inbox, so it would not see this.") % team.name
        raise Refusal(says, code="out-of-reach", field="team")
    if not set(reached) & set(conversation.inbox_ids):
        conversation.inbox_ids.append(reached[0])
    if conversation.team_id != team.pk or conversation.assignee_id:
        conversation.team, conversation.assignee = team, None
        conversation.save(update_fields=["team", "assignee", "inbox_ids"])
        record(
            "conversation.given",
            by=by,
            conversation=conversation,
            topics=conversation.topics,
            team=team.pk,
            given_to=team.name,
        )
    return conversation


def _free(by: User) -> ConversationQuerySet:
    """What nobody has and this person may take: their teams', or no team's."""
    own = Q(team=None) | Q(team__in=by.teams.all())
    open_ones = Conversation.objects.of(by).filter(status=Conversation.Status.OPEN, assignee=None)
    return open_ones.filter(own)
