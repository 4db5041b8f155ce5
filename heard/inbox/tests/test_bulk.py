"""One act on many conversations: done in steps, shown, and undone without overruling anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heard import clock
from heard.accounts.models import Team, User
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import acts, verbs
from heard.inbox.models import Bulk, Conversation, Tag
from heard.inbox.verbs import bulk as bulk_verbs
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(receive: Receive, monkeypatch: pytest.MonkeyPatch) -> list[Conversation]:
    """Seven conversations, done three at a time."""
    monkeypatch.setattr(bulk_verbs, "STEP", 3)
    return [
        receive("Hello", subject=f"{n}", sender=f"{n}@a.example").conversation for n in range(7)
    ]


def done(by: User, act: str, value: str = "", **chosen) -> Bulk:
    bulk = verbs.act_on(by, act, value, **chosen)
    verbs.go_on(bulk.pk)
    bulk.refresh_from_db()
    return bulk


def undone(by: User, bulk: Bulk) -> Bulk:
    verbs.undo(by, bulk)
    verbs.go_on(bulk.pk)
    bulk.refresh_from_db()
    return bulk


def states() -> list[tuple]:
    fields = ("status", "closed_at", "snoozed_until", "assignee", "team", "tag_ids", "inbox_ids")
    return list(Conversation.objects.order_by("pk").values_list(*fields))


@pytest.mark.parametrize(
    ("act", "value", "event"),
    [
        ("close", "", "conversation.closed"),
        ("snooze", "3d", "conversation.snoozed"),
        ("snooze", "answer", "conversation.snoozed"),
        ("assign", "me", "conversation.assigned"),
        ("assign", "priya@larkfield.example", "conversation.assigned"),
        ("team", "support", "conversation.given"),
        ("tag", "REFUND", "conversation.tagged"),
    ],
)
def test_all_that_match_are_acted_on_and_put_back(
    many, agent: User, team_mate: User, inbox, act: str, value: str, event: str
) -> None:
    Tag.objects.create(name="Refund")
    before = states()
    bulk = done(agent, act, value, q="is:open")
    assert (bulk.state, bulk.changed, bulk.unchanged) == (Bulk.State.DONE, 7, 0)
    assert Event.objects.filter(name=event, by=agent).count() == 7
    assert states() != before
    bulk = undone(agent, bulk)
    assert (bulk.state, bulk.restored) == (Bulk.State.UNDONE, 7)
    assert states() == before


def test_only_those_chosen_are_acted_on(many, agent: User) -> None:
    bulk = done(agent, "close", ids=[many[0].pk, many[3].pk, many[3].pk])
    assert bulk.changed == 2
    closed = Conversation.objects.filter(status="closed").values_list("subject", flat=True)
    assert sorted(closed) == ["0", "3"]


def test_nobody_acts_on_what_they_do_not_reach(many, stranger: User) -> None:
    assert done(stranger, "close", ids=[one.pk for one in many]).changed == 0
    assert done(stranger, "close", q="is:open").changed == 0
    assert not Conversation.objects.filter(status="closed").exists()


def test_an_undo_leaves_what_somebody_has_changed_since(many, agent: User, team_mate) -> None:
    bulk = done(agent, "close", q="is:open")
    verbs.reopen(team_mate, many[2])
    bulk = undone(agent, bulk)
    assert (bulk.restored, bulk.changed) == (6, 7)
    assert Event.objects.filter(name="conversation.restored").count() == 6


def test_it_cannot_be_undone_twice_nor_while_it_runs(many, agent: User) -> None:
    running = verbs.act_on(agent, "close", q="is:open")
    with pytest.raises(Refusal, match="still running"):
        verbs.undo(agent, running)
    verbs.go_on(running.pk)
    bulk = undone(agent, running)
    with pytest.raises(Refusal, match="undone already"):
        verbs.undo(agent, bulk)


def test_letters_that_come_meanwhile_are_left_alone(many, receive: Receive, agent: User) -> None:
    bulk = verbs.act_on(agent, "close", q="is:open")
    late = receive("Just now", subject="Late", sender="late@a.example").conversation
    verbs.go_on(bulk.pk)
    late.refresh_from_db()
    assert late.is_open


def test_what_goes_away_meanwhile_stops_it_with_a_sentence(many, agent: User) -> None:
    tag = Tag.objects.create(name="Refund")
    bulk = verbs.act_on(agent, "tag", "refund", q="is:open")
    tag.delete()
    verbs.go_on(bulk.pk)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.changed) == (Bulk.State.STOPPED, 0)
    assert "no tag «refund»" in bulk.says


@pytest.mark.parametrize(
    ("act", "value", "says"),
    [
        ("explode", "", "nothing that can be done"),
        ("assign", "zoe@larkfield.example", "no colleague"),
        ("team", "Ghosts", "no team"),
        ("team", "Accounts", "looks after no inbox"),
        ("tag", "gone", "no tag"),
        ("snooze", "soon", "Choose a time"),
        ("snooze", "2020-01-01T09:00", "has passed"),
        ("snooze", "2020-13-45T09:00", "Choose a time"),
    ],
)
def test_what_cannot_be_done_is_told_before_it_begins(
    many, agent: User, accounts_team: Team, act: str, value: str, says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        verbs.act_on(agent, act, value, q="is:open")
    assert not Bulk.objects.exists()


def test_a_colleague_out_of_reach_is_given_nothing(many, agent: User, stranger: User) -> None:
    bulk = done(agent, "assign", stranger.email, q="is:open")
    assert (bulk.changed, bulk.unchanged) == (0, 7)


def test_a_time_of_ones_own_is_in_the_persons_zone(many, agent: User) -> None:
    when = (clock.now() + timedelta(days=2)).replace(tzinfo=None, microsecond=0)
    change = acts.ready("snooze", when.isoformat(), agent)(many[0])
    assert change and change.fields["snoozed_until"].utcoffset() is not None


def test_the_page_begins_it_shows_it_and_undoes_it(many, agent: User, signed_in) -> None:
    browser = signed_in(agent)
    htmx = {"HX-Request": "true"}
    assert "Snooze until" in browser.get("/bulk?view=all").content.decode()
    page = browser.post(
        "/bulk/begun?view=all&q=hello", {"act": "close", "all": "yes"}, headers=htmx
    )
    bulk = Bulk.objects.get()
    assert (bulk.q, f'id="bulk-{bulk.pk}"' in page.content.decode()) == ("is:open hello", True)
    verbs.go_on(bulk.pk)
    page = browser.get(f"/bulk/{bulk.pk}", headers=htmx).content.decode()
    assert "7 done" in page and "Undo" in page
    browser.post(f"/bulk/{bulk.pk}/undo", headers=htmx)
    verbs.go_on(bulk.pk)
    assert "7 put back" in browser.get(f"/bulk/{bulk.pk}", headers=htmx).content.decode()


def test_a_bulk_act_is_its_owners_business(many, agent, team_mate: User, signed_in) -> None:
    bulk = done(agent, "close", q="is:open")
    browser = signed_in(team_mate)
    assert browser.get(f"/bulk/{bulk.pk}").status_code == 404
    assert browser.post(f"/bulk/{bulk.pk}/undo").status_code == 404
