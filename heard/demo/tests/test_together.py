"""The demo company shows how people work together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from heard import clock
from heard.accounts.models import Team, User
from heard.conftest import Receive
from heard.demo.together import work_together
from heard.events.verbs import nothing_follows
from heard.inbox import verbs
from heard.inbox.models import Conversation, Inbox
from heard.notifications.models import Notification
from heard.notifications.words import says

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def people(agent: User, team_mate: User, stranger: User, admin: User) -> dict[str, User]:
    """The company's own names."""
    alice = User.objects.create_user("alice@larkfield.example", name="Alice Moreau")
    alice.teams.add(Team.objects.get(name="Accounts"))
    return {"tom": agent, "priya": team_mate, "jonas": stranger, "sam": admin, "alice": alice}


def test_one_is_away_one_was_handed_something_and_sam_is_told(
    people: dict[str, User], receive: Receive, inbox: Inbox, other_inbox: Inbox
) -> None:
    for name, box in (("tom", inbox), ("jonas", other_inbox), ("alice", other_inbox)):
        one = receive(f"Where is it, {name}?", subject=name, box=box).conversation
        verbs.assign(people["sam"], one, people[name])
    Conversation.objects.update(open_asks=1)
    with nothing_follows():
        work_together(people, NOW)
    with clock.at(NOW):
        people["tom"].refresh_from_db()
        assert people["tom"].is_away
    assert Conversation.objects.get(subject="tom").assignee == people["priya"]
    told = [says(one) for one in Notification.objects.filter(user=people["sam"]).order_by("at")]
    assert told == ["Jonas Weber mentions you", "Alice Moreau gave this to you"]
    assert {one.at for one in Notification.objects.all()} <= {
        NOW - timedelta(minutes=minutes) for minutes in (50, 25, 10)
    }
    assert Team.objects.get(name="Support").assign_by == Team.Way.TURN


def test_a_company_without_such_conversations_does_without(people: dict[str, User]) -> None:
    work_together(people, NOW)
    assert not Notification.objects.exists()
