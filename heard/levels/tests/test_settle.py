"""A conversation is held against the policy that fits it, and lists know what falls due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard import clock
from heard.accounts.calendars import close_on
from heard.accounts.ical import DayOff
from heard.accounts.models import Calendar, Team, User
from heard.conftest import Receive
from heard.contacts.models import Company
from heard.events.models import Event
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Conversation, Inbox, Message
from heard.inbox.verbs import Draft
from heard.levels import verbs
from heard.levels.models import Policy, Term
from heard.levels.tests.conftest import march
from heard.levels.verbs.policies import Promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(receive: Receive, standard: Policy) -> Conversation:
    """Inês asked on Monday at 9:01, before anybody has looked."""
    conversation = receive().conversation
    with clock.at(march(2, 9, 2)):
        verbs.settle(conversation.pk)
    return conversation


def states(conversation: Conversation) -> dict[str, str]:
    return {term.kind: term.state for term in conversation.terms.all()}


def due(conversation: Conversation) -> tuple[object, str]:
    conversation.refresh_from_db()
    return conversation.level_due, conversation.level_kind


def answer(by: User, conversation: Conversation, *, day: int, hour: int) -> Message:
    with clock.at(march(day, hour)):
        written = inbox_verbs.reply(by, conversation, Draft(text="It left yesterday."))
        verbs.settle(conversation.pk)
    return written


def test_the_first_answer_falls_due_and_the_list_knows(asked: Conversation) -> None:
    assert due(asked) == (march(2, 13, 1), "first")
    assert states(asked) == {"first": "running", "resolution": "running"}


def test_an_answer_in_time_is_met_and_the_rest_waits_for_the_customer(
    asked: Conversation, agent: User
) -> None:
    answer(agent, asked, day=2, hour=10)
    assert states(asked) == {"first": "met", "resolution": "paused"}
    assert due(asked) == (None, "")
    assert asked.terms.get(kind="resolution").left == "15 h 1 min"


def test_an_answer_too_late_is_missed(asked: Conversation, agent: User) -> None:
    answer(agent, asked, day=2, hour=15)
    term = asked.terms.get(kind="first")
    assert (term.state, term.missed_at) == ("missed", march(2, 13, 1))


def test_a_letter_that_could_not_leave_has_answered_nobody(
    asked: Conversation, agent: User
) -> None:
    written = answer(agent, asked, day=2, hour=10)
    with clock.at(march(2, 10, 1)):
        inbox_verbs.fail(written, "550 No such user")
        verbs.settle(asked.pk)
    assert states(asked)["first"] == "running"


def test_automatic_letters_and_notes_start_and_stop_nothing(
    receive: Receive, standard: Policy, agent: User
) -> None:
    away = receive("I am away.", Auto_Submitted="auto-replied").conversation
    with clock.at(march(2, 9, 30)):
        inbox_verbs.note(agent, away, Draft(text="Out of office"))
        verbs.settle(away.pk)
    assert states(away) == {}


def test_snoozed_until_the_customer_answers_is_paused_and_until_a_time_is_not(
    asked: Conversation, agent: User
) -> None:
    with clock.at(march(2, 10)):
        inbox_verbs.snooze(agent, asked, None)
        verbs.settle(asked.pk)
    assert states(asked) == {"first": "paused", "resolution": "paused"}
    with clock.at(march(2, 11)):
        inbox_verbs.snooze(agent, asked, march(2, 16))
        verbs.settle(asked.pk)
    assert due(asked) == (march(2, 14, 1), "first")


def test_what_was_closed_at_once_is_settled_at_once(
    asked: Conversation, agent: User, receive: Receive
) -> None:
    other = receive(subject="Another", sender="Ida <ida@a.example>").conversation
    with clock.at(march(2, 10)):
        verbs.settle_many([asked.pk, other.pk, 0])
        assert due(asked)[1] == due(other)[1] == "first"
        inbox_verbs.go_on(inbox_verbs.act_on(agent, "close", q="is:open").pk)
        verbs.settle_many([asked.pk, other.pk])
    assert due(asked) == due(other) == (None, "")


def test_closing_without_an_answer_needs_none(asked: Conversation, agent: User) -> None:
    with clock.at(march(2, 10)):
        inbox_verbs.close(agent, asked)
        verbs.settle(asked.pk)
    assert states(asked) == {"first": "dropped", "resolution": "met"}


def test_what_came_in_as_history_is_closed_and_told_to_nobody(
    receive: Receive, standard: Policy
) -> None:
    conversation = receive().conversation
    Conversation.objects.filter(pk=conversation.pk).update(
        status="closed", closed_at=conversation.last_at + timedelta(minutes=1)
    )
    verbs.settle(conversation.pk)
    assert states(conversation) == {"first": "dropped", "resolution": "met"}
    assert not Term.objects.filter(tell_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ({"status": "open"}, "running"),
        ({"status": "snoozed", "snoozed_until": None}, "paused"),
        ({"status": "snoozed", "snoozed_until": march(20, 9)}, "running"),
        ({"status": "closed", "closed_at": march(2, 9, 30)}, "dropped"),
    ],
)
@pytest.mark.parametrize("before", ["close", "snooze", "nothing"])
def test_an_act_that_was_undone_counts_as_it_stands_now(
    asked: Conversation, agent: User, before: str, now: dict[str, object], first: str
) -> None:
    with clock.at(march(2, 9, 30)):
        if before == "close":
            inbox_verbs.close(agent, asked)
        elif before == "snooze":
            inbox_verbs.snooze(agent, asked, None)
    Conversation.objects.filter(pk=asked.pk).update(closed_at=None, snoozed_until=None)
    Conversation.objects.filter(pk=asked.pk).update(**now)
    with clock.at(march(2, 9, 31)):
        verbs.settle(asked.pk)
    assert states(asked)["first"] == first


def test_the_first_policy_that_fits_is_the_one(
    asked: Conversation, admin: User, agent: User, standard: Policy
) -> None:
    asked.contact.company = Company.objects.create(name="Duarte Joinery", domain="duarte.example")
    asked.contact.save()
    tag = inbox_verbs.make_tag(admin, "vip")
    wholesale = verbs.make_policy(
        Promise(name="Wholesale", applies_to='company:"Duarte Joinery"', first_minutes=60), by=admin
    )
    vip = verbs.make_policy(Promise(name="VIP", applies_to="tag:vip", first_minutes=30), by=admin)
    settled = clock.at(march(2, 9, 5))
    with settled:
        verbs.settle(asked.pk)
    assert due(asked)[0] == march(2, 13, 1)  # Standard still stands first
    verbs.move_policy(standard, by=admin, earlier=False)
    verbs.move_policy(standard, by=admin, earlier=False)
    with clock.at(march(2, 9, 6)):
        verbs.settle(asked.pk)
    assert due(asked)[0] == march(2, 10, 1)
    assert asked.terms.get(kind="first").policy == wholesale
    verbs.move_policy(vip, by=admin, earlier=True)
    inbox_verbs.tag(agent, asked, tag)
    with clock.at(march(2, 9, 7)):
        verbs.settle(asked.pk)
    assert due(asked)[0] == march(2, 9, 31)
    assert states(asked) == {"first": "running"}


def test_a_policy_whose_tag_is_gone_fits_nothing_and_breaks_nothing(
    asked: Conversation, admin: User, standard: Policy
) -> None:
    inbox_verbs.make_tag(admin, "vip")
    vip = verbs.make_policy(Promise(name="VIP", applies_to="tag:vip", first_minutes=30), by=admin)
    verbs.move_policy(vip, by=admin, earlier=True)
    inbox_verbs.delete_tag(admin, inbox_verbs.make_tag(admin, "vip"))
    with clock.at(march(2, 9, 5)):
        verbs.settle(asked.pk)
    assert asked.terms.get(kind="first").policy == standard


def test_a_renamed_tag_still_has_its_policy(
    asked: Conversation, admin: User, agent: User, standard: Policy
) -> None:
    tag = inbox_verbs.make_tag(admin, "vip")
    vip = verbs.make_policy(Promise(name="VIP", applies_to="tag:VIP", first_minutes=30), by=admin)
    verbs.move_policy(vip, by=admin, earlier=True)
    inbox_verbs.tag(agent, asked, tag)
    inbox_verbs.rename_tag(admin, tag, "very important")
    with clock.at(march(2, 9, 5)):
        verbs.settle(asked.pk)
    assert asked.terms.get(kind="first").policy == vip


def test_the_clock_goes_by_the_team_or_by_hours_of_its_own_or_always(
    asked: Conversation, admin: User, office: Calendar, standard: Policy, accounts_team: Team
) -> None:
    verbs.change_policy(standard, Promise(name="S", first_minutes=600, clock="always"), by=admin)
    with clock.at(march(2, 9, 5)):
        verbs.settle(asked.pk)
    assert due(asked)[0] == march(2, 19, 1)
    own = Promise(name="S", first_minutes=600, clock="own", calendar=office)
    verbs.change_policy(standard, own, by=admin)
    Team.objects.update(calendar=None)
    with clock.at(march(2, 9, 6)):
        verbs.settle(asked.pk)
    assert due(asked)[0] == march(3, 11, 1)
    asked.team = accounts_team
    asked.save()
    verbs.change_policy(standard, Promise(name="S", first_minutes=600), by=admin)
    with clock.at(march(2, 9, 7)):
        verbs.settle(asked.pk)
    assert due(asked)[0] == march(2, 19, 1)  # Accounts has no hours, so it is always there


def test_a_changed_policy_or_a_day_off_moves_what_is_open_and_leaves_what_has_ended(
    asked: Conversation, receive: Receive, admin: User, agent: User, office: Calendar
) -> None:
    answer(agent, asked, day=2, hour=10)
    other = receive("And another thing?", subject="Something else").conversation
    with clock.at(march(2, 10)):
        close_on(office, [DayOff(march(2, 0).date(), march(2, 0).date(), "Jubilee")], by=admin)
        assert verbs.resettle(0) == 0
    assert due(other)[0] == march(3, 13)
    first = asked.terms.get(kind="first")
    assert (first.state, first.due_at) == ("met", march(2, 13, 1))


def test_without_any_policy_nothing_falls_due(
    asked: Conversation, admin: User, standard: Policy
) -> None:
    verbs.delete_policy(standard, by=admin)
    verbs.resettle(0)
    assert due(asked) == (None, "")
    assert states(asked) == {}


def test_settling_goes_on_batch_by_batch(
    receive: Receive, standard: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heard.levels.verbs.settling.BATCH", 2)
    for number in range(3):
        receive(subject=f"Order {number}")
    last = verbs.resettle(0)
    assert last
    assert verbs.resettle(last) == 0
    assert Conversation.objects.filter(terms=None).count() == 0


def test_joined_conversations_keep_one_clock_of_each_kind(
    asked: Conversation, receive: Receive, agent: User
) -> None:
    other = receive("The same again", subject="Once more").conversation
    verbs.settle(other.pk)
    inbox_verbs.join(agent, other, asked)
    with clock.at(march(2, 9, 30)):
        verbs.settle(asked.pk)
    assert sorted(asked.terms.values_list("kind", flat=True)) == ["first", "resolution"]
    assert due(asked)[0] == march(2, 13, 1)


def test_settling_twice_tells_nobody_anew(asked: Conversation) -> None:
    before = Event.objects.count()
    with clock.at(march(2, 9, 3)):
        verbs.settle(asked.pk)
    assert Event.objects.count() == before


def test_settling_one_conversation_asks_the_database_a_few_things(asked: Conversation) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        verbs.settle(asked.pk)
    assert len(asked_for) <= 14


def test_a_deleted_conversation_is_no_trouble(asked: Conversation, admin: User) -> None:
    pk = asked.pk
    inbox_verbs.delete(admin, asked)
    verbs.settle(pk)
    assert verbs.tell(pk) == 0


def test_a_house_without_policies_pays_nothing(inbox: Inbox, receive: Receive) -> None:
    conversation = receive().conversation
    verbs.settle(conversation.pk)
    assert due(conversation) == (None, "")
