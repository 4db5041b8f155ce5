"""Rules: when something happens, if it is meant, then acts; and never in circles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from heard import clock
from heard.accounts.models import User
from heard.automation import occasions, queries, tasks, verbs
from heard.automation.models import Firing, Rule
from heard.automation.steps import Step
from heard.automation.verbs import Terms
from heard.conftest import Receive
from heard.events.models import Event
from heard.inbox import verbs as inbox_verbs
from heard.inbox.happenings import says
from heard.inbox.models import Conversation, Tag
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db
Ruled = Callable[..., Rule]
Outcome = Firing.Outcome


@pytest.fixture
def vip(db: None) -> Tag:
    """The tag of those who are never to wait."""
    return Tag.objects.create(name="VIP")


@pytest.fixture
def ruled(admin: User) -> Ruled:
    """A rule that is on: ruled("message.received", "tag:vip", Step("close"))."""

    def make(when: str, q: str, *steps: Step, **more) -> Rule:
        name = more.pop("name", f"Rule {Rule.objects.count() + 1}")
        terms = Terms(name=name, when=when, q=q, steps=steps, **more)
        rule = verbs.switch_rule(admin, verbs.keep_rule(admin, terms), on=True)
        occasions.look_again()
        return rule

    return make


def work() -> None:
    """Do what a worker would, until nothing is left."""
    done: set[int] = set()
    while True:
        jobs = ProcrastinateJob.objects.filter(task_name__startswith="automation.tasks.consider")
        left = [job for job in jobs.order_by("id") if job.pk not in done]
        if not left:
            return
        for job in left:
            getattr(tasks, job.task_name.rpartition(".")[2])(**job.args)
            done.add(job.pk)


def log(rule: Rule) -> list[str]:
    return list(rule.firings.order_by("pk").values_list("outcome", flat=True))


def test_a_letter_that_is_meant_is_acted_on_and_one_that_is_not_is_left(
    ruled: Ruled, receive: Receive, vip: Tag, team_mate: User
) -> None:
    steps = Step("tag", "vip"), Step("assign", team_mate.email)
    rule = ruled("message.received", "from:ines", *steps, name="VIP first")
    hers, his = receive().conversation, receive(sender="Bo <bo@b.example>").conversation
    work()
    hers.refresh_from_db()
    his.refresh_from_db()
    assert (hers.tag_ids, hers.assignee) == ([vip.pk], team_mate)
    assert (his.tag_ids, his.assignee) == ([], None)
    (firing,) = rule.firings.all()
    assert (firing.outcome, firing.conversation_id) == (Outcome.DONE, hers.pk)
    assert firing.says == "Tag “vip”, assign to Priya Raman"
    told = Event.objects.get(name="conversation.tagged")
    row = {"name": told.name, "by": None, "who": None, "details": told.details}
    assert says(row) == "Rule «VIP first» tagged this “VIP”"


def test_an_act_on_many_is_considered_for_each_by_one_job(
    ruled: Ruled, receive: Receive, vip: Tag, agent: User
) -> None:
    rule = ruled("conversation.closed", "from:a.example", Step("tag", "vip"))
    for sender in ("ida@a.example", "bo@b.example", "eve@a.example"):
        receive(subject=sender, sender=sender)
    inbox_verbs.go_on(inbox_verbs.act_on(agent, "close", q="is:open").pk)
    assert ProcrastinateJob.objects.filter(task_name__startswith="automation.tasks.").count() == 1
    work()
    assert log(rule) == [Outcome.DONE, Outcome.DONE]
    tagged = Conversation.objects.filter(tag_ids=[vip.pk]).order_by("pk")
    assert [one.subject for one in tagged] == ["ida@a.example", "eve@a.example"]


def test_the_same_event_is_considered_once(ruled: Ruled, receive: Receive, vip: Tag) -> None:
    rule = ruled("message.received", "", Step("tag", "vip"))
    receive()
    work()
    Conversation.objects.update(tag_ids=[])
    verbs.consider(Event.objects.get(name="message.received").pk)
    assert log(rule) == [Outcome.DONE]
    assert Conversation.objects.get().tag_ids == []


def test_no_job_is_made_where_no_rule_waits(ruled: Ruled, receive: Receive, admin: User) -> None:
    rule = ruled("conversation.closed", "", Step("reopen"))
    receive()
    jobs = ProcrastinateJob.objects.filter(task_name="automation.tasks.consider")
    assert not jobs.exists()
    inbox_verbs.close(admin, Conversation.objects.get())
    assert jobs.count() == 1
    verbs.switch_rule(admin, rule, on=False)
    occasions.look_again()
    work()
    assert not Conversation.objects.get().is_open and log(rule) == []


def test_rules_act_in_their_order_and_one_may_be_the_last(
    ruled: Ruled, receive: Receive, vip: Tag, admin: User
) -> None:
    Tag.objects.create(name="Late")
    late = ruled("message.received", "", Step("tag", "late"))
    first = ruled("message.received", "", Step("tag", "vip"), stops=True)
    verbs.move_rule(admin, first, -1)
    receive()
    work()
    assert (log(first), log(late)) == ([Outcome.DONE], [])
    verbs.move_rule(admin, first, 5)
    assert list(Rule.objects.all()) == [late, first]


def test_a_rule_never_reacts_to_itself(ruled: Ruled, conversation, agent, vip: Tag) -> None:
    rule = ruled("conversation.closed", "", Step("reopen"), Step("close"))
    inbox_verbs.close(agent, conversation)
    work()
    assert log(rule) == [Outcome.DONE]


def test_rules_that_set_off_each_other_come_to_an_end(ruled: Ruled, conversation, agent) -> None:
    opens = ruled("conversation.closed", "", Step("reopen"))
    closes = ruled("conversation.reopened", "", Step("close"))
    inbox_verbs.close(agent, conversation)
    work()
    assert log(opens) == [Outcome.DONE, Outcome.DONE]
    assert log(closes) == [Outcome.DONE, Outcome.STOPPED]
    assert "set off each other 3 times" in closes.firings.last().says


def test_five_times_an_hour_is_the_most_and_said_once(ruled: Ruled, conversation, agent) -> None:
    rule = ruled("conversation.closed", "", Step("reopen"))
    for _time in range(8):
        inbox_verbs.close(agent, conversation)
        work()
    assert log(rule) == [Outcome.DONE] * 5 + [Outcome.STOPPED]
    with clock.at(clock.now() + timedelta(hours=2)):
        inbox_verbs.reopen(agent, conversation)
        inbox_verbs.close(agent, conversation)
        work()
    assert log(rule)[-1] == Outcome.DONE


def test_a_deleted_tag_is_a_sentence_and_nothing_is_lost(
    ruled: Ruled, receive: Receive, vip: Tag, admin: User
) -> None:
    asks = ruled("message.received", "tag:vip", Step("close"))
    does = ruled("message.received", "", Step("tag", "vip"))
    fine = ruled("message.received", "", Step("close"))
    inbox_verbs.delete_tag(admin, vip)
    receive()
    work()
    for rule in (asks, does, fine):
        rule.refresh_from_db()
    assert (log(asks), log(does), log(fine)) == ([], [Outcome.REFUSED], [Outcome.DONE])
    assert "no such tag" in asks.problem and "no tag «vip»" in does.problem
    assert Conversation.objects.get().status == "closed"
    with pytest.raises(Refusal, match="no such tag"):
        verbs.switch_rule(admin, asks, on=True)


def test_half_of_what_a_rule_does_is_not_done(ruled: Ruled, receive: Receive, vip, lead) -> None:
    rule = ruled("message.received", "", Step("close"), Step("tag", "vip"))
    inbox_verbs.delete_tag(lead, vip)
    receive()
    work()
    assert log(rule) == [Outcome.REFUSED]
    assert Conversation.objects.get().is_open


def test_a_renamed_tag_is_still_the_one_meant(ruled: Ruled, vip: Tag, lead: User) -> None:
    rule = ruled("message.received", "is:open tag:vip", Step("tag", "vip"))
    inbox_verbs.rename_tag(lead, vip, "Very dear")
    rule.refresh_from_db()
    assert (rule.q, rule.acts) == (
        'is:open tag:"Very dear"',
        [{"act": "tag", "value": "Very dear"}],
    )


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"name": ""}, "a name"),
        ({"when": "message.sent"}, "when the rule acts"),
        ({"q": "assigned:me"}, "acts for no person"),
        ({"q": "is:unread"}, "acts for no person"),
        ({"q": "tag:gone"}, "no such tag"),
        ({"steps": []}, "what the rule does"),
        ({"steps": [Step("assign", "me")]}, "no colleague"),
        ({"steps": [Step("tag", "gone")]}, "no tag"),
    ],
)
def test_what_makes_no_rule_is_told(admin: User, terms: dict, says: str) -> None:
    sound = {"name": "A", "when": "message.received", "steps": [Step("close")]}
    with pytest.raises(Refusal, match=says):
        verbs.keep_rule(admin, Terms(**{**sound, **terms}))
    assert not Rule.objects.exists()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    receive: Receive, admin: User, agent: User, stranger: User, other_inbox, vip: Tag
) -> None:
    now = clock.now()
    ours = receive("Hello", subject="Ours").conversation
    receive("Again", subject="Ours")
    theirs = receive("Hi", box=other_inbox, sender="Bo <bo@b.example>").conversation
    inbox_verbs.tag(agent, ours, vip)
    Event.objects.update(at=now - timedelta(days=3))
    Event.objects.filter(conversation_id=theirs.pk).update(at=now - timedelta(days=1))
    before = Event.objects.count()
    terms = Terms(name="A", when="message.received", steps=[Step("tag", "vip"), Step("close")])
    trial = verbs.try_out(admin, terms)
    assert (trial.events, trial.meant, trial.changed, trial.more) == (3, 2, 2, False)
    assert trial.shown == [theirs, ours]
    assert verbs.try_out(admin, Terms(**{**_fields(terms), "q": "tag:vip"})).meant == 1
    only_tags = Terms(name="A", when="message.received", steps=[Step("tag", "vip")])
    assert verbs.try_out(admin, only_tags).changed == 1
    Event.objects.update(at=now - timedelta(days=31))
    assert verbs.try_out(admin, terms).events == 0
    assert Event.objects.count() == before
    assert set(Conversation.objects.values_list("status", flat=True)) == {"open"}


def _fields(terms: Terms) -> dict:
    return {"name": terms.name, "when": terms.when, "q": terms.q, "steps": terms.steps}


def test_a_lead_lets_no_rule_hand_over_letters_of_another_team(
    signed_in, lead: User, receive: Receive, other_inbox, inbox
) -> None:
    theirs = receive("My salary", box=other_inbox).conversation
    takes = Terms(name="Mine", when="message.received", steps=[Step("team", "Support")])
    for verb in (verbs.keep_rule, verbs.try_out):
        with pytest.raises(Refusal, match="Only an admin"):
            verb(lead, takes)
    sent = {"name": "Mine", "when": "message.received", "step": ["team:Support"]}
    page = signed_in(lead)
    assert page.post("/settings/rules/", sent).status_code == 404
    assert page.post("/settings/rules/", {**sent, "trial": "yes"}).status_code == 404
    assert not Rule.objects.exists()
    assert page.get(f"/conversations/{theirs.pk}").status_code == 404


def test_a_lead_reads_the_rules_and_finds_nothing_to_press(
    signed_in, lead: User, ruled: Ruled
) -> None:
    rule = ruled("message.received", "", Step("close"), name="Shut")
    page = signed_in(lead)
    for path in ("/settings/rules/", f"/settings/rules/{rule.pk}/"):
        shown = page.get(path).content.decode()
        assert "When a letter comes in, then close." in shown
        for words in ("Switch off", "Delete this rule", "Make a rule", "Change it"):
            assert words not in shown
    for act in ("switch", "move", "deletion"):
        assert page.post(f"/settings/rules/{rule.pk}/{act}/").status_code == 404
    rule.refresh_from_db()
    assert rule.on


def test_who_answers_letters_sees_no_rules(signed_in, agent: User, ruled: Ruled) -> None:
    rule = ruled("message.received", "", Step("close"))
    with pytest.raises(Refusal, match="Only an admin"):
        verbs.delete_rule(agent, rule)
    page = signed_in(agent)
    for path in ("/settings/rules/", f"/settings/rules/{rule.pk}/"):
        assert page.get(path).status_code == 404
    assert page.post(f"/settings/rules/{rule.pk}/deletion/").status_code == 404


def test_the_page_makes_tries_switches_and_tells(
    signed_in, admin: User, receive: Receive, vip: Tag
) -> None:
    page = signed_in(admin)
    receive()
    sent = {"name": "VIP first", "when": "message.received", "q": "", "step": ["tag:VIP", ""]}
    tried = page.post("/settings/rules/", {**sent, "trial": "yes"}).content.decode()
    assert "1 would be changed" in tried and not Rule.objects.exists()
    wrong = page.post("/settings/rules/", {**sent, "q": "assigned:me"}).content.decode()
    assert "a rule acts for no person" in wrong
    page.post("/settings/rules/", sent)
    rule = Rule.objects.get()
    assert not rule.on
    page.post(f"/settings/rules/{rule.pk}/switch/", {"on": "yes"})
    occasions.look_again()
    receive(subject="Another", message_id="<another@a.example>")
    work()
    shown = page.get(f"/settings/rules/{rule.pk}/").content.decode()
    assert "When a letter comes in, then tag “VIP”." in shown and "Another" in shown
    assert "When a letter comes in" in page.get("/settings/rules/").content.decode()
    page.post(f"/settings/rules/{rule.pk}/deletion/")
    assert not Rule.objects.exists()


def test_the_log_goes_by_key_and_is_dropped_after_90_days(
    ruled: Ruled, lead: User, conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    rule = ruled("message.received", "", Step("close"))
    for number in range(3):
        Firing.objects.create(
            rule=rule,
            conversation_id=conversation.pk,
            event_id=number,
            event="message.received",
            outcome=Outcome.DONE,
            at=clock.now() - timedelta(days=91 * (number == 0)),
        )
    first = queries.firings_of(lead, rule)
    rest = queries.firings_of(lead, rule, first.before)
    assert [len(first.rows), len(rest.rows), rest.before] == [2, 1, ""]
    assert first.rows[0][1] == conversation
    assert verbs.forget_old() == 1
