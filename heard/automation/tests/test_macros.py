"""Macros: all of it or nothing, said before, and taken back afterwards."""

from __future__ import annotations

import pytest

from heard.accounts.models import Team, User
from heard.automation import verbs
from heard.automation.models import Macro
from heard.automation.steps import Step
from heard.automation.verbs import Plan, Words
from heard.automation.verbs.macros import problem_of, said
from heard.events.models import Event
from heard.inbox import verbs as inbox_verbs
from heard.inbox.models import Bulk, Conversation, Message, Tag
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
REFUND = (Step("tag", "Refund"), Step("assign", "priya@larkfield.example"), Step("close"))


@pytest.fixture
def macro(agent: User, team_mate: User) -> Macro:
    """Tags Refund, assigns to Priya, closes."""
    Tag.objects.create(name="Refund")
    return verbs.keep_macro(agent, Plan(name="Refund it", steps=REFUND))


def state(one: Conversation) -> tuple:
    one.refresh_from_db()
    return one.status, one.closed_at, one.assignee_id, one.team_id, one.tag_ids, one.snoozed_until


def test_it_says_what_it_does_and_does_it(macro, agent, team_mate, conversation) -> None:
    assert said(macro) == "Tag “Refund”, assign to Priya Raman, close"
    ran = verbs.run_macro(agent, macro, conversation)
    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert conversation.assignee == team_mate
    assert [tag.name for tag in conversation.tags] == ["Refund"]
    told = Event.objects.filter(conversation_id=conversation.pk, by=agent)
    names = {"conversation.tagged", "conversation.assigned", "conversation.closed"}
    assert set(told.values_list("name", flat=True)) == names
    macro.refresh_from_db()
    assert macro.used == 1 and ran.text == ""


def test_all_of_it_is_taken_back(macro, agent: User, conversation: Conversation) -> None:
    before = state(conversation)
    bulk = verbs.run_macro(agent, macro, conversation).bulk
    assert state(conversation) != before
    verbs.undo_macro(agent, bulk)
    assert state(conversation) == before
    with pytest.raises(Refusal, match="undone already"):
        verbs.undo_macro(agent, bulk)


def test_a_field_changed_twice_goes_back_to_what_it_was(
    agent, support, inbox, conversation
) -> None:
    before = state(conversation)
    twice = (Step("close"), Step("reopen"), Step("team", "Support"), Step("snooze", "3d"))
    macro = verbs.keep_macro(agent, Plan(name="Much", steps=twice))
    bulk = verbs.run_macro(agent, macro, conversation).bulk
    verbs.undo_macro(agent, bulk)
    assert state(conversation) == before


def test_what_somebody_has_changed_since_stays(macro, agent, team_mate, conversation) -> None:
    bulk = verbs.run_macro(agent, macro, conversation).bulk
    inbox_verbs.reopen(team_mate, conversation)
    verbs.undo_macro(agent, bulk)
    conversation.refresh_from_db()
    assert conversation.assignee == team_mate
    bulk.refresh_from_db()
    assert (bulk.state, bulk.restored) == (Bulk.State.UNDONE, 0)


def test_a_target_that_is_gone_is_named_and_nothing_is_done(macro, agent, conversation) -> None:
    before = state(conversation)
    Tag.objects.all().delete()
    assert "no tag «Refund»" in problem_of(macro, agent)
    with pytest.raises(Refusal, match="no tag «Refund»"):
        verbs.run_macro(agent, macro, conversation)
    assert state(conversation) == before


def test_a_colleague_who_does_not_reach_it_stops_all_of_it(
    agent: User, stranger: User, conversation: Conversation
) -> None:
    steps = (Step("close"), Step("assign", stranger.email))
    macro = verbs.keep_macro(agent, Plan(name="To Jonas", steps=steps))
    before = state(conversation)
    with pytest.raises(Refusal, match="Jonas Weber is in no team of this inbox"):
        verbs.run_macro(agent, macro, conversation)
    assert state(conversation) == before
    assert not Event.objects.filter(name="conversation.closed").exists()


def test_it_inserts_words_and_keeps_a_note(agent: User, conversation: Conversation) -> None:
    reply = verbs.keep_reply(agent, Words(name="Sorry", text="Dear {{ customer.first_name }}"))
    plan = Plan(name="Both", reply=reply, note="{{ customer.name }} called.")
    macro = verbs.keep_macro(agent, plan)
    ran = verbs.run_macro(agent, macro, conversation)
    assert (ran.text, ran.bulk) == ("Dear Inês", None)
    note = Message.objects.get(kind=Message.Kind.NOTE)
    assert (note.text, note.user) == ("Inês Duarte called.", agent)
    assert said(macro) == "Keep a note, insert “Sorry”"


def test_whoever_runs_it_is_meant_by_me(agent, team_mate, lead, conversation) -> None:
    plan = Plan(name="Mine", steps=[Step("assign", "me")], whose="everyone")
    macro = verbs.keep_macro(lead, plan)
    verbs.run_macro(team_mate, macro, conversation)
    conversation.refresh_from_db()
    assert conversation.assignee == team_mate


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(name="Nothing"), "at least one thing"),
        (Plan(name="", steps=[Step("close")]), "a name"),
        (Plan(name="A", steps=[Step("explode")]), "nothing that can be done"),
        (Plan(name="A", steps=[Step("tag", "gone")]), "no tag"),
        (Plan(name="A", steps=[Step("close")] * 7), "At most 6"),
        (Plan(name="A", note="{{ customer.x }}"), "no variable"),
    ],
)
def test_what_makes_no_macro_is_told(agent: User, plan: Plan, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        verbs.keep_macro(agent, plan)
    assert not Macro.objects.exists()


def test_an_admin_goes_on_changing_what_was_kept_for_a_team_of_others(
    signed_in, admin: User, support: Team, conversation
) -> None:
    browser = signed_in(admin)
    given = {"name": "Shut it", "step": ["close:"], "whose": str(support.pk)}
    assert "Shut it" in browser.post("/settings/macros/", given, follow=True).content.decode()
    one = Macro.objects.get(name="Shut it")
    browser.post(f"/settings/macros/{one.pk}/", {**given, "name": "Shut for good"})
    one.refresh_from_db()
    assert one.name == "Shut for good"
    run = browser.get(f"/conversations/{conversation.pk}/macros").content.decode()
    assert "Shut for good" not in run


def test_a_renamed_tag_is_still_the_one_meant(macro, lead: User, agent, conversation) -> None:
    inbox_verbs.rename_tag(lead, Tag.objects.get(), "Money back")
    macro.refresh_from_db()
    assert said(macro).startswith("Tag “Money back”")
    verbs.run_macro(agent, macro, conversation)


def test_from_the_conversation_with_the_way_back(signed_in, macro, agent, conversation) -> None:
    page, path = signed_in(agent), f"/conversations/{conversation.pk}/macros"
    assert "Tag “Refund”, assign to Priya Raman, close" in page.get(path).content.decode()
    shown = page.post(f"{path}/{macro.pk}/run", follow=True).content.decode()
    bulk = Bulk.objects.get()
    assert f'action="{path}/{bulk.pk}/undo"' in shown
    page.post(f"{path}/{bulk.pk}/undo", {"undoing": "1"})
    conversation.refresh_from_db()
    assert conversation.is_open


def test_a_stranger_runs_nothing(signed_in, macro, stranger, admin, conversation, lead) -> None:
    everyones = verbs.keep_macro(lead, Plan(name="Close", steps=[Step("close")], whose="everyone"))
    path = f"/conversations/{conversation.pk}/macros"
    page = signed_in(stranger)
    assert page.post(f"{path}/{everyones.pk}/run").status_code == 404
    assert page.get(f"/settings/macros/{macro.pk}/").status_code == 404


def test_the_page_keeps_steps_in_their_order(signed_in, agent, team_mate, support: Team) -> None:
    Tag.objects.create(name="Refund")
    page = signed_in(agent)
    sent = {"name": "Refund it", "whose": "me", "step": [str(one) for one in REFUND] + [""]}
    page.post("/settings/macros/", sent)
    macro = Macro.objects.get()
    assert [one["act"] for one in macro.acts] == ["tag", "assign", "close"]
    Tag.objects.all().delete()
    shown = page.get(f"/settings/macros/{macro.pk}/").content.decode()
    assert "no longer there" in shown and "no tag «Refund»" in shown
    page.post(f"/settings/macros/{macro.pk}/deletion/")
    assert not Macro.objects.exists()
